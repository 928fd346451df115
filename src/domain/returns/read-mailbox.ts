import { after, day } from '#base/time';
import { messagesByInternetId, sentWithin } from '#domain/outbox';
import { getIncamail, isReceiptAddress } from '#domain/registered';
import { addressKey } from '#mail/address';
import type { MailHead, ReadableMailbox } from '#mail/imap';
import { readMail } from '#mail/mime';
import { readReport } from '#mail/report';
import { asWorker, inCompany } from '#stores/database';
import { keepMail } from './keep-mail.ts';
import { type MailboxRow, updateMailbox } from './mailbox-table.ts';
import { matchReport } from './match-report.ts';
import type { ReturnsNeeds } from './returns.ts';
import { isTestMail } from './self-test/judge-arrival.ts';
import type { SelfTest } from './self-test/self-test.ts';
import { lastSelfTest } from './self-test/self-test-table.ts';
import { takeSelfTest } from './self-test/take-self-test.ts';
import { isToKeep, readAsReceipt } from './take-receipt.ts';

const headsAtOnce = 50;
/** An answer with what it brings along; mails of others are not read further than their head. */
const mostBytes = 38 * 2 ** 20;
/** Servers that give all numbers anew are read again from a day before the last look: what was told is not told twice. */
const overlap = day;

/**
 * Reads what is new in a mailbox and keeps what is about a mail of ours, and receipts of a provider that came to its account; everything
 * else in it is nobody's business and leaves no trace here. Nothing is marked, moved or deleted. Returns how many mails were kept. `row` is where reading stopped the last time.
 */
export async function readMailbox(
  needs: ReturnsNeeds,
  row: MailboxRow,
  box: ReadableMailbox,
  ownAddress: string,
): Promise<{ readonly row: MailboxRow; readonly kept: number }> {
  let place = await placeIn(needs, row, box);
  let kept = 0;
  const test = await waitingTest(needs, row, ownAddress);
  for (;;) {
    const heads = await box.heads(place.next_uid ?? 1, headsAtOnce);
    for (const head of heads) {
      if (test && (await takeIfSelfTest(needs, test, box, head))) continue;
      if (await takeOne(needs, place, box, head, ownAddress)) kept += 1;
    }
    const last = heads.at(-1);
    if (last) place = await moveTo(needs, place, { next_uid: last.uid + 1, read_at: needs.clock() });
    if (heads.length < headsAtOnce) return { row: place, kept };
  }
}

/** Where reading goes on. The first time, or with all numbers given anew: at the first mail of the day before it was connected or read. */
async function placeIn(needs: ReturnsNeeds, row: MailboxRow, box: ReadableMailbox): Promise<MailboxRow> {
  if (row.uid_validity === box.uidValidity && row.next_uid !== null) return row;
  const [first] = row.read_at ? await box.uidsSince(after(row.read_at, -overlap)) : [];
  return moveTo(needs, row, { uid_validity: box.uidValidity, next_uid: first ?? box.uidNext });
}

async function moveTo(
  needs: ReturnsNeeds,
  row: MailboxRow,
  columns: Partial<Pick<MailboxRow, 'uid_validity' | 'next_uid' | 'read_at'>>,
): Promise<MailboxRow> {
  const which = { companyId: row.company_id, senderId: row.sender_id };
  await asWorker(needs.database, (tx) => updateMailbox(tx, which, columns));
  return { ...row, ...columns };
}

async function takeOne(
  needs: ReturnsNeeds,
  row: MailboxRow,
  box: ReadableMailbox,
  head: MailHead,
  ownAddress: string,
): Promise<boolean> {
  if (head.size > mostBytes || !(await mayConcernUs(needs, row, head, ownAddress))) return false;
  const bytes = await box.fetch(head.uid, mostBytes);
  if (!bytes) return false;
  const { company_id: companyId, sender_id: senderId } = row;
  const unknown = { envelopeFrom: '', clientIp: null, clientName: null };
  const arrival = { companyId, senderId, messageId: null, via: 'mailbox' as const, ...unknown, bytes };
  const receipt = await readAsReceipt(needs, companyId, bytes);
  if (receipt) return (await isToKeep(needs, arrival, receipt)) && keepMail(needs, arrival);
  const report = await readReport(bytes);
  const receivedAt = needs.clock();
  const match = await inCompany(needs.database, companyId, (tx) =>
    matchReport(tx, needs.returnKey, { companyId, senderId, messageId: null, receivedAt }, report),
  );
  if (!match || report.kind === 'none') return false;
  return keepMail(needs, arrival);
}

/** The self-test of this sender that waits for its mail to come into this mailbox. */
async function waitingTest(
  needs: ReturnsNeeds,
  { company_id: companyId, sender_id: senderId }: MailboxRow,
  ownAddress: string,
): Promise<SelfTest | null> {
  const test = await inCompany(needs.database, companyId, (tx) => lastSelfTest(tx, companyId, senderId));
  return test?.way === 'mailbox' && test.state === 'waiting' && test.to === ownAddress ? test : null;
}

/** Takes the mail of a self-test, and tells whether it was that. */
async function takeIfSelfTest(
  needs: ReturnsNeeds,
  test: SelfTest,
  box: ReadableMailbox,
  { uid, head }: MailHead,
): Promise<boolean> {
  if (!(await isTestMail(test.sent, head))) return false;
  const bytes = await box.fetch(uid, mostBytes);
  if (bytes) await takeSelfTest(needs, test, { bytes, envelopeFrom: null });
  return bytes !== null;
}

/** Heads of reports and automatic answers, in the forms in which programs write them. */
const machineMarks =
  /^(?:content-type:\s*multipart\/report|auto-submitted:\s*auto|x-failed-recipients:|x-autore|return-path:\s*<>|from:.{0,200}(?:mailer-daemon|postmaster|mail delivery|microsoftexchange))/im;

/** Tells from the head alone whether a mail can be about one of ours: a report, an answer to us, or a letter of a recipient. */
async function mayConcernUs(
  needs: ReturnsNeeds,
  row: MailboxRow,
  { head }: MailHead,
  ownAddress: string,
): Promise<boolean> {
  const read = await readMail(head);
  if (!read.ok) return machineMarks.test(head.toString('latin1'));
  const { from, inReplyTo, references } = read.mail;
  const writer = from?.address ?? '';
  if (addressKey(writer) === addressKey(ownAddress)) return false;
  if (machineMarks.test(head.toString('latin1'))) return true;
  const { company_id: companyId, sender_id: senderId } = row;
  const ids = [inReplyTo ?? '', ...references].map((id) => id.toLowerCase()).filter((id) => id !== '');
  const now = needs.clock();
  const span = { from: after(now, -30 * day), to: now };
  return inCompany(needs.database, companyId, async (tx) => {
    const account = await getIncamail(tx, companyId);
    if (isReceiptAddress(writer, account?.receiptsFrom ?? [])) return true;
    if ((await messagesByInternetId(tx, companyId, ids.slice(-100))).length > 0) return true;
    return (await sentWithin(tx, companyId, { address: writer, senderId }, span)).length > 0;
  });
}
