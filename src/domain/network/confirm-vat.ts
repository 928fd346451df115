import { getCompany } from '#domain/accounts';
import { normaliseVatId } from '#domain/documents';
import { type EvidenceTables, record } from '#domain/evidence';
import type { Tx } from '#stores/database';
import { deleteConfirmation, insertConfirmation, selectConfirmation } from './listing-table.ts';
import { type NamingTables, refreshNames, vatIdOf } from './names.ts';

type ConfirmTx = Tx<NamingTables & EvidenceTables>;

export type Confirmed =
  | { readonly ok: true; readonly vatId: string }
  | {
      readonly ok: false;
      readonly reason: 'no_company' | 'not_a_vat_id' | 'not_its_vat_id' | 'taken' | 'not_confirmed';
    };

/**
 * The operator confirms that a VAT id is a company's. Refuses one that the company itself does not state in its settings, and one that was
 * confirmed for another company. For the worker's role: it looks at all companies.
 */
export async function confirmVatId(
  tx: ConfirmTx,
  asked: { readonly companyId: string; readonly vatId: string; readonly note?: string },
  now: Date,
): Promise<Confirmed> {
  const { companyId } = asked;
  const vatId = normaliseVatId(asked.vatId);
  if (!vatId) return { ok: false, reason: 'not_a_vat_id' };
  const company = await getCompany(tx, companyId);
  if (!company) return { ok: false, reason: 'no_company' };
  if (vatIdOf(company) !== vatId) return { ok: false, reason: 'not_its_vat_id' };
  const note = (asked.note ?? '').trim().slice(0, 500);
  if (!(await insertConfirmation(tx, { vatId, companyId, note, at: now }))) {
    const known = await selectConfirmation(tx, vatId);
    return known?.companyId === companyId ? { ok: true, vatId } : { ok: false, reason: 'taken' };
  }
  await refreshNames(tx, companyId);
  await record(tx, [
    {
      type: 'company.vat_confirmed',
      companyId,
      at: now,
      actor: 'system',
      data: { by: 'operator' },
      personal: { vatId, note },
    },
  ]);
  return { ok: true, vatId };
}

/** The operator takes a confirmation back: the company is not found by that VAT id any more. */
export async function withdrawVatId(tx: ConfirmTx, text: string, now: Date): Promise<Confirmed> {
  const vatId = normaliseVatId(text);
  const known = vatId ? await selectConfirmation(tx, vatId) : null;
  if (!vatId || !known) return { ok: false, reason: 'not_confirmed' };
  await deleteConfirmation(tx, vatId);
  await refreshNames(tx, known.companyId);
  await record(tx, [
    {
      type: 'company.vat_withdrawn',
      companyId: known.companyId,
      at: now,
      actor: 'system',
      data: { by: 'operator' },
      personal: { vatId },
    },
  ]);
  return { ok: true, vatId };
}
