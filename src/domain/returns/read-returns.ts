import { sha256 } from '#base/crypto';
import { after, minute, second } from '#base/time';
import { record } from '#domain/evidence';
import { getMessages, keepDnsAnswers, type Message, type Reported, settleReports } from '#domain/outbox';
import type { ReadReceipt } from '#domain/registered';
import { type CheckedSignature, verifySignatures } from '#mail/dkim';
import { readReport } from '#mail/report';
import { asWorker, type Tx } from '#stores/database';
import { matchReport } from './match-report.ts';
import { type Answered, passOnAnswer } from './pass-on-answer.ts';
import type { ReturnedMail } from './returned-mail.ts';
import {
  finishReturnedMail,
  insertTold,
  leaseReturnedMails,
  postponeReturnedMail,
} from './returned-mail-table.ts';
import type { ReadingTables, ReturnsNeeds } from './returns.ts';
import { readAsReceipt, takeReceipt } from './take-receipt.ts';
import { type Telling, tellReport } from './tell-report.ts';

const batch = 20;
const leaseMs = 2 * minute; // reading takes a second at worst, asking the DNS for keys ten
const retryMs = [5 * second, 30 * second, 5 * minute, 30 * minute];
/** A conversation that has not ended after so many looks will not be waited for: the report is proof that the mail has left. */
const patience = 6;

/** Reads mails that came back and settles their messages, a batch at a time; returns how many were taken. */
export async function readReturns(needs: ReturnsNeeds): Promise<number> {
  const now = needs.clock();
  const mails = await asWorker(needs.database, (tx) =>
    leaseReturnedMails(tx, { now, until: after(now, leaseMs), limit: batch }),
  );
  for (const mail of mails) await readOne(needs, mail);
  return mails.length;
}

async function readOne(needs: ReturnsNeeds, mail: ReturnedMail): Promise<void> {
  try {
    await settleOne(needs, mail);
  } catch (error) {
    if (!(error instanceof UnderWay))
      needs.log.error({ err: error, returnedMail: mail.id }, 'a mail that came back could not be read yet');
    const wait = retryMs[Math.min(mail.tries, retryMs.length) - 1] ?? second;
    const dueAt = after(needs.clock(), error instanceof UnderWay ? 2 * second : wait);
    await asWorker(needs.database, (tx) => postponeReturnedMail(tx, mail, dueAt));
  }
}

/** The message is still in a conversation: its answer comes first, so that the history has both in their order. */
class UnderWay extends Error {}

async function settleOne(needs: ReturnsNeeds, mail: ReturnedMail): Promise<void> {
  const bytes = await needs.files.get(mail.companyId, mail.sha256);
  if (!bytes) throw new Error(`The returned mail ${mail.sha256} is missing in the files store.`);
  const receipt = await readAsReceipt(needs, mail.companyId, bytes);
  const report = await readReport(bytes, { isAnswer: mail.via === 'reply_address' });
  const signature = await verifySignatures(Buffer.from(bytes), needs.keyDns, mail.receivedAt);
  // A mail of the provider is a receipt or nothing: never an answer of the recipient.
  if (receipt) return settleReceipt(needs, mail, receipt, signature);
  await asWorker(needs.database, async (tx) => {
    const match = await matchReport(tx, needs.returnKey, mail, report);
    const tellings = match
      ? tellReport(
          { mail, report, by: match.by, signature },
          match.message,
          await othersOf(tx, match.message),
        )
      : [];
    if (tellings.length > 0) await keepKeys(tx, mail, signature, needs.clock());
    await tellAll(tx, needs, { mail, bytes, report, message: match?.message ?? null }, tellings);
    await finishReturnedMail(tx, mail, {
      kind: report.kind,
      matchedBy: match?.by ?? null,
      at: needs.clock(),
    });
  });
}

function settleReceipt(
  needs: ReturnsNeeds,
  mail: ReturnedMail,
  receipt: ReadReceipt,
  signature: CheckedSignature,
): Promise<void> {
  return asWorker(needs.database, async (tx) => {
    await keepKeys(tx, mail, signature, needs.clock());
    const isOurs = await takeReceipt(tx, mail, receipt, signature);
    const found = { kind: 'provider_receipt', matchedBy: isOurs ? ('message_id' as const) : null };
    await finishReturnedMail(tx, mail, { ...found, at: needs.clock() });
  });
}

/** What the DNS said of the keys: the event names it by its hash. */
async function keepKeys(
  tx: Tx<ReadingTables>,
  { companyId }: ReturnedMail,
  { keys }: CheckedSignature,
  now: Date,
): Promise<void> {
  if (keys) await keepDnsAnswers(tx, [{ companyId, ...keys }], now);
}

function othersOf(tx: Tx<ReadingTables>, message: Message): Promise<Message[]> {
  return getMessages(tx, message.companyId, { dispatchIds: [message.dispatchId] });
}

/** Tells what was not told before; when a conversation is still going on, nothing of it, for now. */
async function tellAll(
  tx: Tx<ReadingTables>,
  needs: ReturnsNeeds,
  of: Omit<Answered, 'mail' | 'message'> & { readonly mail: ReturnedMail; readonly message: Message | null },
  tellings: readonly Telling[],
): Promise<void> {
  const now = needs.clock();
  const { mail, message, report } = of;
  const fresh: Reported[] = [];
  for (const { message, news, reported } of tellings) {
    const digest = sha256(JSON.stringify(news)).toString('hex');
    const told = { companyId: message.companyId, messageId: message.id, digest, at: now };
    if (await insertTold(tx, told)) fresh.push(reported);
  }
  const isToPass = message && fresh.length > 0 && mail.via === 'reply_address' && report.kind === 'reply';
  const kept = isToPass ? await passOnAnswer(tx, needs.returnKey, { ...of, message }, now) : [];
  const settled = await settleReports(tx, fresh, now, { patient: mail.tries < patience });
  if (!settled) throw new UnderWay();
  await record(tx, kept);
}
