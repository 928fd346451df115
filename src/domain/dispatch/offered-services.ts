import { type Company, hasFeature } from '#domain/accounts';
import { offeredBy, type RegisteredTables } from '#domain/registered';
import type { Tx } from '#stores/database';
import type { DispatchService } from './dispatch.ts';

/**
 * The services that a company may choose for a dispatch, a run or a reminder: `standard` always, the others as its plan allows and its
 * accounts with outside providers are switched on.
 */
export async function offeredServices(
  tx: Tx<RegisteredTables>,
  company: Company,
): Promise<readonly DispatchService[]> {
  if (!hasFeature(company, 'registered')) return ['standard'];
  return ['standard', ...(await offeredBy(tx, company.id)).services];
}
