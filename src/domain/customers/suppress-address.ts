import { newId } from '#base/ids';
import type { By } from '#domain/documents';
import { type EvidenceTables, type Fact, record } from '#domain/evidence';
import { type AddressReason, normaliseAddress, parseAddress } from '#mail/address';
import type { Tx } from '#stores/database';
import { failureSuppresses, type Suppression, type SuppressionReason } from './suppression.ts';
import {
  endSuppression,
  insertSuppression,
  type SuppressionTables,
  selectSuppression,
  suppressionsOf,
} from './suppression-table.ts';

/** An address that a person or program puts on the list. */
export interface NewSuppression {
  readonly companyId: string;
  readonly address: string;
  readonly note: string | null;
  readonly by: By;
}

export type Suppressed =
  /** `isNew` is false when the address was on the list already: then the entry stays as it was. */
  | { readonly ok: true; readonly suppression: Suppression; readonly isNew: boolean }
  | { readonly ok: false; readonly reason: AddressReason };

/** Puts an address on the list by hand. Refuses what is no address. */
export async function suppressAddress(
  tx: Tx<SuppressionTables & EvidenceTables>,
  given: NewSuppression,
  now: Date,
): Promise<Suppressed> {
  const read = parseAddress(given.address);
  if (!read.ok) return read;
  const suppression: Suppression = {
    id: newId('suppression', now),
    companyId: given.companyId,
    address: normaliseAddress(read.address.address),
    reason: 'manual',
    origin: given.by.actor === 'program' ? 'program' : 'user',
    messageId: null,
    note: given.note,
    addedBy: given.by.id,
    addedAt: now,
  };
  if (!(await insertSuppression(tx, suppression))) {
    const [known] = (await suppressionsOf(tx, given.companyId, [suppression.address])).values();
    return { ok: true, suppression: known ?? suppression, isNew: false };
  }
  await record(tx, [addedFact(suppression, given.by.actor, now)]);
  return { ok: true, suppression, isNew: true };
}

/** Takes an address off the list again; false when it is not on it. */
export async function unsuppressAddress(
  tx: Tx<SuppressionTables & EvidenceTables>,
  which: { readonly companyId: string; readonly id: string; readonly by: By & { readonly id: string } },
  now: Date,
): Promise<boolean> {
  const { companyId, id, by } = which;
  const suppression = await selectSuppression(tx, companyId, id);
  if (!suppression || !(await endSuppression(tx, companyId, id, { at: now, by: by.id }))) return false;
  await record(tx, [
    {
      type: 'suppression.removed',
      companyId,
      at: now,
      actor: by.actor,
      data: { suppression: id, by: by.id, reason: suppression.reason },
      personal: { address: suppression.address },
    },
  ]);
  return true;
}

/** What became of a message, as far as it may say something against its address. */
interface Fate {
  readonly companyId: string;
  readonly messageId: string;
  readonly address: string;
  /** Class of a permanent failure, or `complaint`. */
  readonly failure: string | null;
  readonly origin: 'server' | 'report';
}

/**
 * Puts those addresses on the list that the rule names: permanent failures of the recipient, and complaints. Returns the
 * facts, which the caller records with his own as the last act of his transaction.
 */
export async function suppressByRule(
  tx: Tx<SuppressionTables>,
  fates: readonly Fate[],
  now: Date,
): Promise<Fact[]> {
  const facts: Fact[] = [];
  // In one order, so that two writers who add the same addresses cannot wait for each other.
  for (const fate of fates.toSorted((a, b) => (a.address < b.address ? -1 : 1))) {
    const reason: SuppressionReason | null =
      fate.failure === 'complaint' ? 'complaint' : failureSuppresses(fate.failure);
    if (!reason) continue;
    const { companyId, messageId, origin } = fate;
    const suppression: Suppression = {
      id: newId('suppression', now),
      companyId,
      address: normaliseAddress(fate.address),
      reason,
      origin,
      messageId,
      note: null,
      addedBy: null,
      addedAt: now,
    };
    if (await insertSuppression(tx, suppression)) facts.push(addedFact(suppression, 'system', now));
  }
  return facts;
}

function addedFact(suppression: Suppression, actor: Fact['actor'], at: Date): Fact {
  const { companyId, id, reason, origin, messageId, addedBy, address, note } = suppression;
  return {
    type: 'suppression.added',
    companyId,
    at,
    actor,
    data: { suppression: id, reason, origin, message: messageId, by: addedBy },
    personal: { address, ...(note ? { note } : {}) },
  };
}
