import { equalInConstantTime, hmac } from '#base/crypto';
import { after, minute } from '#base/time';
import { type Actor, type EvidenceTables, record } from '#domain/evidence';
import type { Tx } from '#stores/database';
import type { Sender } from '../sender.ts';
import { lockSenders, type SenderRow, type SenderTables, toSender, updateSender } from '../sender-table.ts';
import { lockProof, updateProof } from './proof-table.ts';

/** Which address of a sender: the one that mail goes out from, or the one that answers go to. */
export type ProvenPart = 'address' | 'reply_to';

export type Confirmed =
  | { readonly ok: true; readonly sender: Sender }
  | { readonly ok: false; readonly reason: 'not_found' | 'code_wrong' };

export const codeDigits = 8;
export const codeLifetime = 30 * minute; // greylisting holds a first mail back for a quarter of an hour
const mostTries = 5;

/**
 * Takes the code that was mailed to a sender's address, or to where its answers go, and remembers that the mailbox is the company's: for
 * all senders that use it. A sender that waited for that becomes `unchecked`. Wrong, old, spent and unknown codes are answered alike.
 */
export async function confirmAddress(
  tx: Tx<SenderTables & EvidenceTables>,
  key: Uint8Array,
  order: {
    readonly companyId: string;
    readonly senderId: string;
    readonly part: ProvenPart;
    readonly code: string;
    readonly actor: Actor;
  },
  now: Date,
): Promise<Confirmed> {
  const { companyId, part } = order;
  const rows = (await lockSenders(tx, companyId)).filter((row) => !row.deleted_at);
  const row = rows.find((one) => one.id === order.senderId);
  const address = row && addressOf(row, part);
  if (!row || !address) return { ok: false, reason: 'not_found' };
  const proof = await lockProof(tx, companyId, address);
  const isFresh = proof.mailed_at !== null && after(proof.mailed_at, codeLifetime) > now;
  if (!proof.code_mac || !isFresh || proof.tries >= mostTries) return { ok: false, reason: 'code_wrong' };
  if (!equalInConstantTime(macOf(key, companyId, address, order.code.replace(/\D/g, '')), proof.code_mac)) {
    await updateProof(tx, proof, { tries: proof.tries + 1 });
    return { ok: false, reason: 'code_wrong' };
  }
  await updateProof(tx, proof, { proven_at: now, code_mac: null, tries: 0 });
  for (const one of rows) await updateSender(tx, one, whatFollows(one, address));
  await record(tx, [
    {
      type: 'sender.address_confirmed',
      companyId,
      at: now,
      actor: order.actor,
      data: { sender: row.id, part },
      personal: { address },
    },
  ]);
  const sender = toSender({ ...row, ...whatFollows(row, address) });
  return sender ? { ok: true, sender } : { ok: false, reason: 'not_found' };
}

/** The address that a part of a sender stands for; null where it has none. */
export function addressOf(row: Pick<SenderRow, 'address' | 'reply_to'>, part: ProvenPart): string | null {
  return part === 'address' ? row.address : row.reply_to;
}

export function macOf(key: Uint8Array, companyId: string, address: string, code: string): Buffer {
  return Buffer.from(hmac(key, 'mailed code of a sender', companyId, address, code));
}

function whatFollows(row: SenderRow, address: string): Partial<SenderRow> {
  const waited = row.address === address && row.problem === 'address_not_confirmed';
  return {
    reply_to_proven: row.reply_to_proven || row.reply_to === address,
    ...(waited ? { state: 'unchecked' as const, problem: null } : {}),
  };
}
