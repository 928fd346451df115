import { newId } from '#base/ids';
import { hour } from '#base/time';
import { readHouseMark } from '#domain/outbox';
import { parseAddress, sameAddress } from '#mail/address';
import type { Tx } from '#stores/database';
import { countPassedOn, type HouseMailTables, insertHouseMail } from './house-mail-table.ts';

/** Stands in every answer that we pass on, with a mark that only we can make: who comes back with it goes in a circle. */
export const passedHeader = 'Envoi-Passed';

/** More answers to one mail within an hour are a machine, or two that answer each other. */
const mostPerHour = 20;

/** An answer that came to a reply address. */
export interface ArrivedReply {
  readonly companyId: string;
  readonly messageId: string;
  readonly sha256: string;
  readonly from: { readonly name: string; readonly address: string };
  /** The header as it came; '' without one. */
  readonly replyTo: string;
  readonly subject: string;
  readonly messageIdHeader: string | null;
  readonly references: readonly string[];
  /** Values of our own header in it. */
  readonly passed: readonly string[];
}

export type PassedOn = { readonly ok: true } | { readonly ok: false; readonly reason: KeptReason };
export type KeptReason = 'no_writer' | 'own_answer' | 'goes_in_a_circle' | 'too_many';

/** Queues an answer for the mailbox where answers to its message go. Refuses what would go in a circle, and floods. */
export async function passOnReply(
  tx: Tx<HouseMailTables>,
  returnKey: Uint8Array,
  reply: ArrivedReply,
  to: string,
  now: Date,
): Promise<PassedOn> {
  const writer = writerOf(reply);
  if (!writer) return { ok: false, reason: 'no_writer' };
  if (sameAddress(writer.address, to)) return { ok: false, reason: 'own_answer' };
  if (reply.passed.some((value) => readHouseMark(returnKey, value)))
    return { ok: false, reason: 'goes_in_a_circle' };
  const { companyId, messageId } = reply;
  const since = new Date(now.getTime() - hour);
  if ((await countPassedOn(tx, { companyId, messageId, since })) >= mostPerHour)
    return { ok: false, reason: 'too_many' };
  const ids = [...reply.references, ...(reply.messageIdHeader ? [reply.messageIdHeader] : [])];
  await insertHouseMail(tx, {
    id: newId('houseMail', now),
    companyId,
    address: to,
    messageId,
    createdAt: now,
    content: {
      kind: 'reply',
      sha256: reply.sha256,
      ...writer,
      subject: reply.subject.slice(0, 500),
      references: ids.filter(isWellFormed).slice(-20),
    },
  });
  return { ok: true };
}

/** Who wrote it, and where he wants answers; null where that is no address. */
function writerOf({ from, replyTo }: ArrivedReply) {
  const wanted = replyTo === '' ? null : parseAddress(replyTo);
  const own = parseAddress(from.address);
  const address = wanted?.ok ? wanted.address.address : own.ok ? own.address.address : null;
  return address ? { name: from.name.slice(0, 100), address } : null;
}

/** Ids from outside that a header of ours may hold (RFC 5322 §3.6.4). */
function isWellFormed(id: string): boolean {
  return /^[!-;=?-~]{1,250}$/.test(id) && /[^@]@[^@]/.test(id);
}
