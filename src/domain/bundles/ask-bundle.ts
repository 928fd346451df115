import { newId } from '#base/ids';
import type { Language } from '#base/language';
import { type DispatchTables, findDispatchIds } from '#domain/dispatch';
import { notify, type Tx } from '#stores/database';
import { type Bundle, bundlesDue, mostDispatches } from './bundle.ts';
import { insertPlaces } from './bundle-file-table.ts';
import { type BundleTables, insertBundle, selectBundles } from './bundle-table.ts';

export interface BundleRequest {
  readonly companyId: string;
  readonly actor: Bundle['actor'];
  /** The user's or key's id. */
  readonly by: string;
  /** Of the index; each report has the language of its dispatch. */
  readonly language: Language;
  /** Of the company: where a day begins. */
  readonly timeZone: string;
  /** All dispatches of a customer … */
  readonly customerId?: string;
  /** … or of these documents; with both, of those documents of that customer. */
  readonly documentIds?: readonly string[];
  /** `YYYY-MM-DD`, both days included. */
  readonly from?: string | null;
  readonly to?: string | null;
}

export type BundleAsked =
  | { readonly ok: true; readonly bundle: Bundle }
  | { readonly ok: false; readonly reason: 'no_dispatches' | 'too_many' | 'days_reversed' };

/**
 * Asks for the evidence files of all dispatches of a customer (in a period), or of some documents, in one bundle. A worker makes it; what was taken back
 * before anything left is not in it. Refuses when there is nothing, or more than 5000 dispatches.
 */
export async function askBundle(
  tx: Tx<BundleTables & DispatchTables>,
  request: BundleRequest,
  now: Date,
): Promise<BundleAsked> {
  const { companyId, customerId, documentIds, from = null, to = null } = request;
  if (from && to && from > to) return { ok: false, reason: 'days_reversed' };
  const which = { customerId, documentIds, from, to, timeZone: request.timeZone, limit: mostDispatches + 1 };
  const ids = await findDispatchIds(tx, companyId, which);
  if (ids.length === 0) return { ok: false, reason: 'no_dispatches' };
  if (ids.length > mostDispatches) return { ok: false, reason: 'too_many' };
  const id = newId('bundle', now);
  await insertBundle(tx, {
    id,
    companyId,
    customerId: customerId ?? null,
    from,
    to,
    language: request.language,
    actor: request.actor,
    askedBy: request.by,
    state: 'waiting',
    createdAt: now,
    readyAt: null,
    expiresAt: null,
  });
  await insertPlaces(tx, { id, companyId }, ids);
  await notify(tx, bundlesDue, '');
  const [bundle] = await selectBundles(tx, companyId, { id });
  if (!bundle) throw new Error(`The bundle ${id} was not kept.`);
  return { ok: true, bundle };
}
