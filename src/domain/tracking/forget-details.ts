import { after, day } from '#base/time';
import { type EvidenceTables, eraseFields, eventsWithFields, record } from '#domain/evidence';
import { asWorker, type Database, type Tx } from '#stores/database';
import { deleteHitsOn, selectOverdue } from './retention-table.ts';
import type { TrackingTables } from './tracking-tables.ts';

type ForgetTables = TrackingTables & EvidenceTables;

/** What one run of the retention job has deleted. */
export interface RetentionRun {
  readonly at: Date;
  readonly before: Date;
  readonly messages: number;
  readonly hits: number;
  readonly fields: number;
}

const atOnce = 1000; // a transaction of some hundred milliseconds: nobody waits for it

/**
 * Deletes a company's details of visits that are older than it keeps them: rows of hits, and where they came from in the log. What was
 * counted, the events themselves and all hashes stay; dispatches on legal hold stay whole. Returns what went, null for nothing.
 */
export async function forgetDetails(
  database: Database<ForgetTables>,
  company: { readonly id: string; readonly retentionDays: number },
  now: Date,
): Promise<RetentionRun | null> {
  const before = after(now, -company.retentionDays * day);
  const messages = new Set<string>();
  let [hits, fields] = [0, 0];
  for (;;) {
    const done = await asWorker(database, (tx) => forgetSome(tx, company.id, before, now));
    for (const id of done.messageIds) messages.add(id);
    hits += done.hits;
    fields += done.fields;
    if (done.hits === 0) break;
  }
  if (messages.size === 0) return null;
  const run = { at: now, before, messages: messages.size, hits, fields };
  await asWorker(database, (tx) => noteRun(tx, company.id, run));
  return run;
}

async function forgetSome(tx: Tx<ForgetTables>, companyId: string, before: Date, now: Date) {
  const messageIds = await selectOverdue(tx, companyId, before, atOnce);
  const eventIds = await eventsWithFields(tx, { companyId, messageIds, subject: 'visit', before });
  const hits = await deleteHitsOn(tx, companyId, messageIds, before);
  const erasure = { companyId, eventIds, ground: 'retention', actor: 'system' as const };
  return { messageIds, hits, fields: await eraseFields(tx, erasure, now) };
}

async function noteRun(tx: Tx<ForgetTables>, companyId: string, run: RetentionRun): Promise<void> {
  const { before, at, ...counts } = run;
  await record(tx, [
    {
      type: 'evidence.pruned',
      companyId,
      at,
      actor: 'system',
      data: { before: before.toISOString(), ...counts },
    },
  ]);
}
