import { newId } from '#base/ids';
import { type Actor, type EvidenceTables, record } from '#domain/evidence';
import { domainOf } from '#mail/address';
import type { Tx } from '#stores/database';
import { withProofs } from './addresses/need-proof.ts';
import { selectDomain } from './domains/domain-table.ts';
import { type House, platformAddress } from './house.ts';
import type { NewSender, SenderDeps } from './new-sender.ts';
import type { SenderResult } from './sender.ts';
import { readAddress, readName } from './sender-input.ts';
import {
  clearDefault,
  emptyRow,
  insertSender,
  type SenderRow,
  type SenderTables,
  selectSenders,
  toSender,
} from './sender-table.ts';

type HouseTx = Tx<SenderTables & EvidenceTables>;

/**
 * Adds a sender whose mail leaves through the installation itself. One at an own domain is valid as soon as its domain is;
 * the platform's address is there once per company, and valid; an address that is not authenticated has to be checked first.
 */
export async function createHouseSender(
  tx: HouseTx,
  deps: SenderDeps,
  input: NewSender,
  actor: Actor,
  now: Date,
): Promise<SenderResult> {
  const { house } = deps;
  if (house.delivery.kind === 'none') return { ok: false, reason: 'platform_not_set_up' };
  const name = readName(input.name ?? '');
  if (!name.ok) return name;
  const typed = input.method === 'platform' ? platformAddress(house) : input.address;
  const address = readAddress(typed, 'address_invalid');
  if (!address.ok && input.method !== 'platform') return address;
  const replyTo = input.replyTo ? readAddress(input.replyTo, 'reply_to_invalid') : undefined;
  if (replyTo && !replyTo.ok) return replyTo;
  const row: SenderRow = {
    ...emptyRow(newId('sender', now), input.companyId, now),
    method: input.method,
    name: name.value,
    address: address.ok ? address.value : typed,
    reply_to: replyTo?.value ?? null,
    settings: { tls: input.tls ?? 'opportunistic' },
    limits: input.limits ?? {},
  };
  const state = await stateOf(tx, row);
  if (!state) return { ok: false, reason: 'domain_not_added' };
  if (
    input.method === 'platform' &&
    (await selectSenders(tx, input.companyId)).some((one) => one.method === 'platform')
  )
    return { ok: false, reason: 'platform_is_fixed' };
  return insert(tx, await withProofs(tx, { ...row, state }), actor);
}

/**
 * Gives a company the platform's address, and makes it the default in the sandbox's place: once an operator has set up a way
 * out, mail goes out. Does nothing where the company has, or had, that sender; returns whether it was made.
 */
export async function givePlatformSender(
  tx: HouseTx,
  house: House,
  company: { readonly companyId: string; readonly name: string },
  now: Date,
): Promise<boolean> {
  if (house.delivery.kind === 'none') return false;
  const present = await selectSenders(tx, company.companyId, 'with deleted');
  if (present.some((row) => row.method === 'platform')) return false;
  const isFirst = present.find((row) => row.is_default)?.method === 'sandbox';
  if (isFirst) await clearDefault(tx, company.companyId);
  const row: SenderRow = {
    ...emptyRow(newId('sender', now), company.companyId, now),
    method: 'platform',
    name: company.name.trim().slice(0, 200),
    address: platformAddress(house),
    settings: { tls: 'opportunistic' },
    state: 'valid',
    is_default: isFirst,
  };
  await insert(tx, row, 'system');
  return true;
}

/** How a sender through the installation begins; null: its address is at no domain of the company. */
export async function stateOf(tx: Tx<SenderTables>, row: SenderRow): Promise<SenderRow['state'] | null> {
  if (row.method === 'platform') return 'valid';
  if (row.method === 'open') return 'unchecked';
  const domain = await selectDomain(tx, row.company_id, { name: domainOf(row.address) });
  if (!domain) return null;
  return domain.state === 'valid' || domain.state === 'warning' ? 'valid' : 'unchecked';
}

async function insert(tx: HouseTx, row: SenderRow, actor: Actor): Promise<SenderResult> {
  await insertSender(tx, row);
  const sender = toSender(row);
  if (!sender) throw new Error(`Sender ${row.id} has a method that this version does not know.`);
  await record(tx, [
    {
      type: 'sender.added',
      companyId: row.company_id,
      at: row.created_at,
      actor,
      data: { sender: row.id, method: row.method },
      personal: { address: row.address },
    },
  ]);
  return { ok: true, sender };
}
