import { newId } from '#base/ids';
import { type Actor, type EvidenceTables, record } from '#domain/evidence';
import type { Tx } from '#stores/database';
import { withProofs } from '../addresses/need-proof.ts';
import type { NewSender, SenderDeps } from '../new-sender.ts';
import type { SenderResult } from '../sender.ts';
import { readAddress, readName } from '../sender-input.ts';
import { emptyRow, insertSender, type SenderRow, type SenderTables, toSender } from '../sender-table.ts';
import type { ProviderName } from './provider.ts';

/**
 * Adds a sender at Google or Microsoft. It is `unchecked` until its owner has connected the account (`beginConnecting`). Refuses it
 * where the operator has registered no app there (`provider_not_set_up`).
 */
export async function createProviderSender(
  tx: Tx<SenderTables & EvidenceTables>,
  deps: SenderDeps,
  input: NewSender & { readonly method: ProviderName },
  actor: Actor,
  now: Date,
): Promise<SenderResult> {
  if (!deps.providers[input.method]) return { ok: false, reason: 'provider_not_set_up' };
  const name = readName(input.name ?? '');
  if (!name.ok) return name;
  const address = readAddress(input.address, 'address_invalid');
  if (!address.ok) return address;
  const replyTo = input.replyTo ? readAddress(input.replyTo, 'reply_to_invalid') : undefined;
  if (replyTo && !replyTo.ok) return replyTo;
  const row: SenderRow = await withProofs(tx, {
    ...emptyRow(newId('sender', now), input.companyId, now),
    method: input.method,
    name: name.value,
    address: address.value,
    reply_to: replyTo?.value ?? null,
    settings: { usesMailbox: input.usesMailbox ?? false },
    limits: input.limits ?? {},
  });
  await insertSender(tx, row);
  const data = { sender: row.id, method: row.method };
  const personal = { address: row.address };
  await record(tx, [{ type: 'sender.added', companyId: row.company_id, at: now, actor, data, personal }]);
  const sender = toSender(row);
  if (!sender) throw new Error(`Sender ${row.id} has a method that this version does not know.`);
  return { ok: true, sender };
}
