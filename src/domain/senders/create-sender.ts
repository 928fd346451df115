import { sealSecret } from '#base/crypto';
import { newId } from '#base/ids';
import { type Actor, type EvidenceTables, record } from '#domain/evidence';
import type { Tx } from '#stores/database';
import { withProofs } from './addresses/need-proof.ts';
import { resealed } from './follow-main.ts';
import { createProviderSender } from './grants/create-provider-sender.ts';
import { createHouseSender } from './house-sender.ts';
import type { NewSender, SenderDeps } from './new-sender.ts';
import type { Sender, SenderResult } from './sender.ts';
import { secretPurpose } from './sender.ts';
import { type Read, readAddress, readName, readPassword, readSettings } from './sender-input.ts';
import { readLimits } from './sender-limits.ts';
import {
  emptyRow,
  insertSender,
  type SenderRow,
  type SenderTables,
  selectSender,
  selectSenders,
  toSender,
} from './sender-table.ts';

/**
 * Adds a sender. One by SMTP is `unchecked` until `checkSender` has spoken to its server; for the others see `house-sender.ts`.
 * Refuses a second sandbox (`method_not_available`), a user without a password, limits that are none, and what is malformed. One that has to be proven
 * first (`need-proof.ts`) is `broken` until its code comes back.
 */
export async function createSender(
  tx: Tx<SenderTables & EvidenceTables>,
  deps: SenderDeps,
  input: NewSender,
  actor: Actor,
  now: Date,
): Promise<SenderResult> {
  const limits = readLimits(input.limits ?? {});
  if (!limits) return { ok: false, reason: 'limit_invalid' };
  if (input.method === 'platform' || input.method === 'domain' || input.method === 'open')
    return createHouseSender(tx, deps, input, actor, now);
  if (input.method === 'google' || input.method === 'microsoft')
    return createProviderSender(tx, deps, { ...input, method: input.method }, actor, now);
  if (input.method !== 'smtp') return { ok: false, reason: 'method_not_available' };
  const name = readName(input.name ?? '');
  if (!name.ok) return name;
  const address = readAddress(input.address, 'address_invalid');
  if (!address.ok) return address;
  const replyTo = input.replyTo ? readAddress(input.replyTo, 'reply_to_invalid') : undefined;
  if (replyTo && !replyTo.ok) return replyTo;
  const id = newId('sender', now);
  const access = await accessOf(tx, deps, input, id);
  if (!access.ok) return access;
  const row = await withProofs(tx, {
    ...emptyRow(id, input.companyId, now),
    method: 'smtp',
    provider: input.provider ?? null,
    limits,
    name: name.value,
    address: address.value,
    reply_to: replyTo?.value ?? null,
    ...access.value,
  });
  await insertSender(tx, row);
  const data = { sender: id, method: row.method };
  await record(tx, [
    {
      type: 'sender.added',
      companyId: row.company_id,
      at: now,
      actor,
      data,
      personal: { address: row.address },
    },
  ]);
  return { ok: true, sender: known(row) };
}

type Access = Pick<SenderRow, 'settings' | 'secret' | 'via_sender_id'>;

/** The server of its own, or that of another sender with the password sealed anew for this one. */
async function accessOf(
  tx: Tx<SenderTables>,
  deps: SenderDeps,
  input: NewSender,
  id: string,
): Promise<Read<Access>> {
  if (input.viaSenderId !== undefined) {
    const main = await selectSender(tx, input.companyId, input.viaSenderId);
    if (main?.method !== 'smtp' || main.deleted_at || main.provider)
      return { ok: false, reason: 'via_not_found' };
    const via_sender_id = main.via_sender_id ?? main.id;
    return {
      ok: true,
      value: { settings: main.settings, secret: resealed(deps.key, main, id), via_sender_id },
    };
  }
  if (!input.settings) return { ok: false, reason: 'host_invalid' };
  const settings = readSettings(input.settings, deps.hostPolicy);
  if (!settings.ok) return settings;
  const password = settings.value.user === null ? undefined : readPassword(input.password ?? '');
  if (password && !password.ok) return password;
  const secret = password ? sealSecret(deps.key, secretPurpose(id), password.value) : null;
  return { ok: true, value: { settings: settings.value, secret, via_sender_id: null } };
}

/**
 * Makes the company's sandbox sender, which keeps every mail in the house, and the default until another one is; returns
 * the one that is there already if so. For the set-up of a company.
 */
export async function createSandboxSender(
  tx: Tx<SenderTables>,
  company: { readonly companyId: string; readonly name: string; readonly address: string },
  now: Date,
): Promise<Sender> {
  const present = await selectSenders(tx, company.companyId);
  const before = present.find((row) => row.method === 'sandbox');
  if (before) return known(before);
  const row: SenderRow = {
    ...emptyRow(newId('sender', now), company.companyId, now),
    method: 'sandbox',
    name: company.name.trim().slice(0, 200),
    address: company.address.trim(),
    state: 'valid',
    is_default: !present.some((sender) => sender.is_default),
  };
  await insertSender(tx, row);
  return known(row);
}

function known(row: SenderRow): Sender {
  const sender = toSender(row);
  if (!sender) throw new Error(`Sender ${row.id} has a method that this version does not know.`);
  return sender;
}
