import { sql } from 'kysely';
import type { Tx } from '#stores/database';
import { disclosureText } from './event.ts';
import type { EvidenceTables } from './event-table.ts';
import type { EventValue } from './event-value.ts';

type EvidenceTx = Tx<EvidenceTables>;

export async function insertDisclosures(
  tx: EvidenceTx,
  rows: readonly { eventId: string; companyId: string; name: string; salt: Buffer; value: EventValue }[],
): Promise<void> {
  if (rows.length === 0) return;
  await sql`
    insert into disclosures (event_id, company_id, name, salt, value)
    select * from unnest(${rows.map((row) => row.eventId)}::text[], ${rows.map((row) => row.companyId)}::text[],
      ${rows.map((row) => row.name)}::text[], ${rows.map((row) => row.salt)}::bytea[],
      ${rows.map((row) => JSON.stringify(row.value))}::jsonb[])`.execute(tx);
}

/** Deletes the personal fields of a company's events, or those of some names, and returns what they were. */
export function deleteDisclosures(
  tx: EvidenceTx,
  companyId: string,
  eventIds: readonly string[],
  names?: readonly string[],
) {
  return tx
    .deleteFrom('disclosures')
    .where('company_id', '=', companyId)
    .where('event_id', 'in', eventIds.length > 0 ? eventIds : [''])
    .$if(names !== undefined, (query) => query.where('name', 'in', [...(names ?? []), '']))
    .returningAll()
    .execute();
}

/** The opened personal fields of these events, as RFC 9901 disclosures, by event. */
export async function selectDisclosures(
  tx: EvidenceTx,
  eventIds: readonly string[],
): Promise<Map<string, readonly string[]>> {
  const rows = await tx
    .selectFrom('disclosures')
    .selectAll()
    .where('event_id', 'in', eventIds.length > 0 ? eventIds : [''])
    .orderBy('name')
    .execute();
  const found = new Map<string, string[]>();
  for (const { event_id: id, salt, name, value } of rows) {
    const text = disclosureText(salt, name, value as unknown as EventValue);
    found.set(id, [...(found.get(id) ?? []), text]);
  }
  return found;
}
