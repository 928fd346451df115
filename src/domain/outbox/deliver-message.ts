import { pause } from '#base/time';
import { isHouseSender, returnDomain, type Sender } from '#domain/senders';
import { linkTokens, linkUrls } from '#domain/tracking';
import { domainOf, normaliseAddress } from '#mail/address';
import type { FrozenDns } from '#mail/dns';
import { asWorker } from '#stores/database';
import { type Answer, toAnswer } from './answer.ts';
import { markDots } from './attempt-table.ts';
import { composeMail, type FinishedMail, restoreMail } from './compose-mail.ts';
import { giveBackOwnLeases } from './give-back-leases.ts';
import { groupCommit } from './group-commit.ts';
import { holdMessage } from './hold-message.ts';
import { type KnownDns, makeKnownDns } from './known-dns.ts';
import type { LeasedMessage } from './lease-messages.ts';
import { sealMail } from './mail-seal.ts';
import { insertMails } from './mail-table.ts';
import { isAside } from './message.ts';
import { makeMessageMark, makeReplyAddress } from './message-mark.ts';
import type { Outbox } from './outbox.ts';
import { makeReturnPath } from './return-path.ts';
import { settleAnswers } from './settle-answers.ts';

/** Tries once to hand a leased message to the next server, and settles it by what that server said. */
export type DeliverMessage = (leased: LeasedMessage) => Promise<void>;

const settleTries = 100; // about 8 minutes without a database; then the journal keeps the answer for the next start
const together = 100; // dots and answers per commit: more would make the first of them wait too long

/** Builds the deed; dots and answers of all messages that are on their way are committed in groups. */
export function makeDeliverMessage(outbox: Outbox): DeliverMessage {
  const markDot = groupCommit((dots: readonly Dot[]) => commitDots(outbox, dots), together);
  const known = makeKnownDns();
  const settle = groupCommit(async (answers: readonly Answer[]) => {
    await settleAnswers(outbox, answers);
    return answers;
  }, together);

  return async (leased) => {
    const mail = await finishMail(outbox, leased);
    if (!mail) return;
    const answer = await handOver(outbox, leased, mail, { markDot, known });
    if (answer.problem === 'stopped_here') {
      // We are stopping, or the sender's settings changed: nothing was dialed, so it is due as it was, and no failure.
      await giveBackOwnLeases(outbox, [leased.message.id]);
      return;
    }
    const entry = await keepAnswer(outbox, answer);
    await untilDone(outbox, () => settle(answer));
    known.add(leased.message.companyId, answer.newDns ?? []);
    if (entry !== null) await outbox.journal.done(entry);
  };
}

/** Makes the answer durable on this machine. Without room on its disk the database is the only place, and comes next. */
async function keepAnswer(outbox: Outbox, answer: Answer): Promise<number | null> {
  try {
    return await outbox.journal.append(answer);
  } catch (error) {
    outbox.log.error(
      { err: error, messageId: answer.messageId },
      'an answer could not be written to the journal',
    );
    return null;
  }
}

/** Tries to settle until the database has taken it: an answer that is known here must not be shown as unknown. */
async function untilDone(outbox: Outbox, settle: () => Promise<unknown>): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    try {
      await settle();
      return;
    } catch (error) {
      if (tries >= settleTries) throw error;
      outbox.log.error({ err: error, tries }, 'answers could not be settled and are tried again');
      await pause(Math.min(5000, 100 * 2 ** tries));
    }
  }
}

/** The bytes to be sent: those of an earlier attempt, or new ones. What cannot be made is held for a person. */
async function finishMail(outbox: Outbox, leased: LeasedMessage): Promise<FinishedMail | null> {
  const { message, letter, link, archived, sender, checkpoint } = leased;
  try {
    if (archived) return await restoreMail(outbox, archived);
    const urls = linkUrls(outbox.portalUrl, linkTokens(outbox.linkKey, message.id, link.generation));
    const now = outbox.clock();
    const composition = {
      message,
      letter,
      links: { ...urls, mode: link.mode },
      replyTo: replyAddress(outbox, leased),
      mark: makeMessageMark(outbox.returnPaths.key, message.id),
      checkpoint,
      signers: await outbox.signers(sender, now),
    };
    const mail = await composeMail(outbox.parts, composition, now);
    return { ...mail, archived: sealMail(outbox.files, mail.archived) };
  } catch (error) {
    outbox.log.error({ err: error, messageId: message.id }, 'a mail could not be made');
    await holdMessage(outbox, leased, 'cannot_compose');
    return null;
  }
}

type MarkDot = (dot: Dot) => Promise<boolean>;

async function handOver(
  outbox: Outbox,
  leased: LeasedMessage,
  mail: FinishedMail,
  { markDot, known }: { readonly markDot: MarkDot; readonly known: KnownDns },
): Promise<Answer> {
  const { message, letter, sender, attemptId } = leased;
  const records = await outbox.published(sender, outbox.clock());
  const delivery = await outbox.transports.for(sender).deliver(
    {
      sender,
      messageId: message.id,
      // People type domains in their own letters; the envelope has A-labels, which every server takes.
      envelope: {
        from: envelopeSender(outbox, sender, message.id),
        to: normaliseAddress(`${message.address}${letter.marking?.suffix ?? ''}`),
      },
      chunks: mail.chunks,
      size: mail.size,
      needsSmtpUtf8: mail.needsSmtpUtf8,
      needs8bit: mail.needsSmtpUtf8,
      noLeadingDots: true,
      reports: isHouseSender(sender),
    },
    {
      beforeDot: async () => {
        if (!(await markDot({ attemptId, mail }))) throw new Error('Another worker has this message now.');
      },
    },
  );
  const ids = { attemptId, messageId: message.id, fence: message.fence, mailSha256: mail.archived.sha256 };
  const answer = toAnswer(ids, delivery, outbox.clock());
  return withDns(answer, [delivery.dns, records], (one) => known.has(message.companyId, one));
}

/** The answer with what the DNS said: all of it by its hash, in full what the database may not have. */
function withDns(
  answer: Answer,
  said: readonly (FrozenDns | null | undefined)[],
  isKept: (one: FrozenDns) => boolean,
): Answer {
  const all = said.filter((one) => one !== null && one !== undefined);
  if (all.length === 0) return answer;
  return { ...answer, dns: all.map((one) => one.sha256), newDns: all.filter((one) => !isKept(one)) };
}

/** Where answers to this mail go: to us, who pass them on, where the company wishes so; the sender's own duplicate is no mail to answer. */
function replyAddress({ returnPaths }: Outbox, { letter, message, sender }: LeasedMessage): string | null {
  const isTracked = letter.trackReplies && sender.method !== 'sandbox' && !isAside(message);
  if (!isTracked || returnPaths.platformDomain === 'localhost') return letter.replyTo;
  return makeReplyAddress(returnPaths.key, message.id, returnDomain(wayBack(returnPaths, sender)));
}

/** The domain whose mails come back to us: the sender's own where its records lead here, else the platform's. */
function wayBack({ platformDomain }: Outbox['returnPaths'], sender: Sender): string {
  return sender.method === 'domain' ? domainOf(sender.address) : platformDomain;
}

/** Where reports about this mail come back to: its own return path where the way back leads to us, else the sender's mailbox. */
function envelopeSender({ returnPaths }: Outbox, sender: Sender, messageId: string): string {
  if (!isHouseSender(sender)) return normaliseAddress(sender.address);
  return makeReturnPath(returnPaths.key, messageId, returnDomain(wayBack(returnPaths, sender)));
}

interface Dot {
  readonly attemptId: string;
  readonly mail: FinishedMail;
}

/** Archives the mails and marks their dots, in one commit; false for an attempt whose lease has gone to another worker. */
function commitDots(outbox: Outbox, dots: readonly Dot[]): Promise<boolean[]> {
  return asWorker(outbox.database, async (tx) => {
    const allowed = await markDots(
      tx,
      dots.map((dot) => dot.attemptId),
      outbox.clock(),
    );
    await insertMails(
      tx,
      dots.filter((dot) => allowed.has(dot.attemptId)).map((dot) => dot.mail.archived),
    );
    return dots.map((dot) => allowed.has(dot.attemptId));
  });
}
