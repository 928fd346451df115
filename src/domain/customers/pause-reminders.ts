import { type By, isDay } from '#domain/documents';
import { type EvidenceTables, record } from '#domain/evidence';
import type { Tx } from '#stores/database';
import { type CustomerTables, selectCustomer, updateCustomer } from './customer-table.ts';

export type Paused =
  | { readonly ok: true }
  | { readonly ok: false; readonly reason: 'unknown_customer' | 'not_a_date' };

/** Lets all reminders to a customer rest until a day (`YYYY-MM-DD`), with the reason; null takes the pause away. */
export async function pauseCustomerReminders(
  tx: Tx<CustomerTables & EvidenceTables>,
  which: { readonly companyId: string; readonly customerId: string; readonly by: By },
  pause: { readonly until: string | null; readonly reason: string | null },
  now: Date,
): Promise<Paused> {
  const { companyId, customerId, by } = which;
  const until = pause.until || null;
  if (until !== null && !isDay(until)) return { ok: false, reason: 'not_a_date' };
  const customer = await selectCustomer(tx, companyId, customerId);
  if (!customer) return { ok: false, reason: 'unknown_customer' };
  const reason = until ? pause.reason?.trim().slice(0, 300) || null : null;
  await updateCustomer(tx, companyId, customerId, {
    reminders_paused_until: until,
    reminders_pause_reason: reason,
  });
  await record(tx, [
    {
      type: until ? 'reminder.paused' : 'reminder.resumed',
      companyId,
      at: now,
      actor: by.actor,
      data: { customer: customerId, until, by: by.id },
      personal: { reason },
    },
  ]);
  return { ok: true };
}
