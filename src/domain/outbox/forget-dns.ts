import { after, day } from '#base/time';
import { type EvidenceTables, record } from '#domain/evidence';
import { asWorker, type Database } from '#stores/database';
import { deleteOldDnsAnswers } from './dns-answers-table.ts';
import type { OutboxTables } from './outbox-tables.ts';

/**
 * Forgets what the DNS said when a company's mails were sent, after as many days as it keeps details; dispatches on legal hold keep theirs, and mails that came back the
 * keys that they were checked with.
 * The hashes stay in the events. Returns how many answers went.
 */
export function forgetDnsAnswers(
  database: Database<OutboxTables & EvidenceTables>,
  company: { readonly id: string; readonly retentionDays: number },
  now: Date,
): Promise<number> {
  const before = after(now, -company.retentionDays * day);
  return asWorker(database, async (tx) => {
    const dnsAnswers = await deleteOldDnsAnswers(tx, company.id, before);
    const data = { before: before.toISOString(), dnsAnswers };
    if (dnsAnswers > 0)
      await record(tx, [{ type: 'evidence.pruned', companyId: company.id, at: now, actor: 'system', data }]);
    return dnsAnswers;
  });
}
