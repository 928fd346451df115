import { after, hour, minute } from '#base/time';
import { type EvidenceTables, newestCheckpoint, record } from '#domain/evidence';
import { getMessages, makeHousePath, type Outbox, type OutboxTables } from '#domain/outbox';
import { isHouseSender, listSenders, returnDomain, type Sender, type SenderTables } from '#domain/senders';
import type { TransportDelivery } from '#domain/transports';
import { domainOf, normaliseAddress } from '#mail/address';
import { mailChunks, mailSize } from '#mail/mime';
import { asWorker, type Database } from '#stores/database';
import { type ComposedHouseMail, composeHouseMail, type HouseFrame } from './compose-house-mail.ts';
import type { HouseMail, HouseOutcome } from './house-mail.ts';
import {
  finishHouseMail,
  type HouseMailTables,
  leaseHouseMails,
  markDot,
  postponeHouseMail,
} from './house-mail-table.ts';
import { replyFact } from './reply-fact.ts';

export type DeliverHouseTables = HouseMailTables & OutboxTables & SenderTables & EvidenceTables;

/** What delivering needs of the world: the ways out of the outbox. */
export interface HouseMailNeeds
  extends Pick<Outbox, 'files' | 'signers' | 'returnPaths' | 'transports' | 'clock' | 'log'> {
  readonly database: Database<DeliverHouseTables>;
}

const batch = 10;
/** The answer after the dot may take 10 minutes (RFC 5321 §4.5.3.2.6). */
const leaseMs = 15 * minute;
const waits = [minute, 5 * minute, 15 * minute, hour, 4 * hour];
const giveUpAfter = 72 * hour;

/** Delivers what is due of the installation's own mails; returns how many were taken. */
export async function deliverHouseMails(needs: HouseMailNeeds): Promise<number> {
  const now = needs.clock();
  const mails = await asWorker(needs.database, (tx) =>
    leaseHouseMails(tx, { now, until: after(now, leaseMs), limit: batch }),
  );
  for (const mail of mails) await deliverOne(needs, mail);
  return mails.length;
}

async function deliverOne(needs: HouseMailNeeds, mail: HouseMail): Promise<void> {
  // The process before us died after its dot: a digest that came twice would be worse than one that did not come.
  if (mail.dotAt && mail.kind !== 'reply') return finish(needs, mail, 'unconfirmed', null);
  const { sender, checkpoint } = await asWorker(needs.database, async (tx) => ({
    sender: await houseSenderOf(tx, mail.companyId),
    checkpoint: (await newestCheckpoint(tx))?.note_hash ?? null,
  }));
  if (!sender) return tryLater(needs, mail, 'no_sender', null);
  const composed = await compose(needs, mail, { sender, checkpoint, now: needs.clock() });
  if (!composed) return tryLater(needs, mail, 'cannot_compose', null);
  return settle(needs, mail, await handOver(needs, mail, sender, composed));
}

async function compose(
  needs: HouseMailNeeds,
  mail: HouseMail,
  frame: HouseFrame,
): Promise<ComposedHouseMail | null> {
  try {
    return await composeHouseMail(needs, mail, frame);
  } catch (error) {
    needs.log.error({ err: error, houseMail: mail.id }, 'a mail of our own could not be made');
    return null;
  }
}

/** What follows from the other server's answer. */
function settle(needs: HouseMailNeeds, mail: HouseMail, delivery: TransportDelivery): Promise<void> {
  if (delivery.kind === 'accepted') return finish(needs, mail, 'sent', null);
  const { problem } = delivery;
  if (delivery.kind === 'unknown_after_dot' && mail.kind !== 'reply')
    return finish(needs, mail, 'unconfirmed', problem);
  const isOurs = delivery.accepts === 'handed_off' && delivery.step === 'auth';
  if (delivery.kind !== 'permanent' || isOurs)
    return tryLater(needs, mail, problem, delivery.notBefore ?? null);
  if (problem === 'eightbit_not_offered' && mail.problem !== problem)
    return tryLater(needs, mail, problem, needs.clock());
  return finish(needs, mail, 'refused', problem);
}

/** The platform's address where there is one, else the company's usual one; null while it has none that works. */
async function houseSenderOf(
  tx: Parameters<typeof listSenders>[0],
  companyId: string,
): Promise<Sender | null> {
  const working = (await listSenders(tx, companyId)).filter((sender) => sender.state !== 'broken');
  return (
    working.find((sender) => sender.method === 'platform') ??
    working.find((sender) => sender.isDefault) ??
    working.find((sender) => sender.method === 'sandbox') ??
    null
  );
}

function handOver(
  needs: HouseMailNeeds,
  mail: HouseMail,
  sender: Sender,
  composed: ComposedHouseMail,
): Promise<TransportDelivery> {
  const chunks = mailChunks(composed.mail);
  return needs.transports.for(sender).deliver(
    {
      sender,
      messageId: mail.id,
      envelope: { from: envelopeSender(needs, sender, mail.id), to: normaliseAddress(mail.address) },
      chunks,
      size: mailSize(composed.mail),
      needs8bit: composed.needs8bit,
      needsSmtpUtf8: composed.mail.needsSmtpUtf8,
      noLeadingDots: mail.kind !== 'reply',
    },
    {
      beforeDot: async () => {
        const isMine = await asWorker(needs.database, (tx) => markDot(tx, mail, needs.clock()));
        if (!isMine) throw new Error('Another worker has this mail now.');
      },
    },
  );
}

/** Reports about these mails come back to a path of their own where the way back leads to us. */
function envelopeSender({ returnPaths }: HouseMailNeeds, sender: Sender, id: string): string {
  if (!isHouseSender(sender)) return normaliseAddress(sender.address);
  const domain = sender.method === 'domain' ? domainOf(sender.address) : returnPaths.platformDomain;
  return makeHousePath(returnPaths.key, id, returnDomain(domain));
}

async function tryLater(
  needs: HouseMailNeeds,
  mail: HouseMail,
  problem: string,
  notBefore: Date | null,
): Promise<void> {
  const now = needs.clock();
  const begun = mail.firstTriedAt ?? now;
  if (now.getTime() - begun.getTime() > giveUpAfter) return finish(needs, mail, 'expired', problem);
  const wait = waits[Math.min(mail.tries, waits.length) - 1] ?? minute;
  const dueAt = notBefore ?? after(now, wait);
  await asWorker(needs.database, (tx) => postponeHouseMail(tx, mail, { dueAt, problem }));
}

async function finish(
  needs: HouseMailNeeds,
  mail: HouseMail,
  outcome: HouseOutcome,
  problem: string | null,
): Promise<void> {
  const at = needs.clock();
  const { companyId, messageId } = mail;
  await asWorker(needs.database, async (tx) => {
    if (!(await finishHouseMail(tx, mail, { outcome, problem, at }))) return;
    // What became of an answer belongs into the history of its message; of a digest nobody needs to know.
    const [message] = messageId ? await getMessages(tx, companyId, { ids: [messageId] }) : [];
    const isGone = outcome === 'sent' || outcome === 'unconfirmed';
    const type = isGone ? 'message.reply_passed_on' : 'message.reply_kept';
    if (message) await record(tx, [replyFact(type, message, { problem, to: mail.address }, at)]);
  });
}
