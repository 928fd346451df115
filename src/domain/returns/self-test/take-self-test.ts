import { after, day } from '#base/time';
import { readTestPath } from '#domain/outbox';
import { verifySignatures } from '#mail/dkim';
import { splitHeaders } from '#mail/mime';
import { readReport } from '#mail/report';
import { asWorker, inCompany } from '#stores/database';
import type { ReturnsNeeds } from '../returns.ts';
import { isTestMail, judgeArrival, type Seen } from './judge-arrival.ts';
import type { SelfTest } from './self-test.ts';
import { endSelfTest, lastSelfTest, waitingSelfTest } from './self-test-table.ts';

type TakeNeeds = Pick<ReturnsNeeds, 'database' | 'returnKey' | 'keyDns' | 'clock'>;

/** A test mail that is longer under way than servers try (RFC 5321 §4.5.4.1) is not waited for. */
const patience = 5 * day;
/** Of a pasted source, in characters; a test mail has 3,000, and servers add some. */
export const longestSource = 256 * 1024;

/** The test that still waits for a mail to this address; null for every other address. */
export async function findSelfTest(needs: TakeNeeds, address: string): Promise<SelfTest | null> {
  const id = readTestPath(needs.returnKey, address);
  if (id === null) return null;
  return asWorker(needs.database, (tx) => waitingSelfTest(tx, id, after(needs.clock(), -patience)));
}

/** Takes what came to the address of a test: the mail itself, or a report that it did not arrive. Anything else changes nothing. */
export async function takeSelfTest(needs: TakeNeeds, test: SelfTest, seen: Seen): Promise<void> {
  if (await isTestMail(test.sent, seen.bytes)) return arrived(needs, test, seen);
  const report = await readReport(seen.bytes);
  if (report.kind !== 'bounce') return;
  const said = report.recipients[0]?.diagnostic ?? report.recipients[0]?.status ?? '';
  const end = { state: 'came_back' as const, answer: said.slice(0, 1000), at: needs.clock() };
  await asWorker(needs.database, (tx) => endSelfTest(tx, test, end));
}

export type SourceTaken =
  | { readonly ok: true; readonly test: SelfTest }
  | { readonly ok: false; readonly reason: 'not_found' | 'source_too_long' | 'not_the_test_mail' };

/**
 * Takes the source of the newest test mail of a sender as a person pasted it, whole or its headers alone. Refuses one that is another
 * mail, and what is longer than `longestSource`. The text itself is not kept.
 */
export async function takePastedSource(
  needs: TakeNeeds,
  { companyId, senderId, source }: { companyId: string; senderId: string; source: string },
): Promise<SourceTaken> {
  if (source.length > longestSource) return { ok: false, reason: 'source_too_long' };
  const test = await inCompany(needs.database, companyId, (tx) => lastSelfTest(tx, companyId, senderId));
  if (!test) return { ok: false, reason: 'not_found' };
  const bytes = toBytes(source);
  if (!(await isTestMail(test.sent, bytes))) return { ok: false, reason: 'not_the_test_mail' };
  if (test.state === 'waiting') await arrived(needs, test, { bytes, envelopeFrom: null });
  const now = await inCompany(needs.database, companyId, (tx) => lastSelfTest(tx, companyId, senderId));
  return { ok: true, test: now ?? test };
}

/** Writes down what arrived. Where only headers were seen, nothing is said of signatures. */
export async function arrived(needs: TakeNeeds, test: SelfTest, seen: Seen): Promise<void> {
  const now = needs.clock();
  const bytes = Buffer.from(seen.bytes);
  const hasBody = bytes.subarray(splitHeaders(bytes).bodyStart).some((byte) => byte > 0x20);
  const signature = hasBody
    ? await verifySignatures(bytes, needs.keyDns, now)
    : ({ result: 'unknown', domain: null, aligned: false } as const);
  const findings = judgeArrival(test.sent, seen, signature);
  await inCompany(needs.database, test.companyId, (tx) =>
    endSelfTest(tx, test, { state: 'arrived', findings, at: now }),
  );
}

/** A pasted source as a mail: no blank lines on top, and line ends of RFC 5322. */
function toBytes(source: string): Buffer {
  return Buffer.from(source.replace(/^\s*\n/, '').replace(/\r?\n/g, '\r\n'), 'utf8');
}
