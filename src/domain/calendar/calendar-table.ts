import type { Tx } from '#stores/database';
import type { CalendarSettings, OwnDay } from './calendar.ts';

export interface CalendarTables {
  company_calendars: {
    company_id: string;
    avoids: boolean;
    country: string;
    region: string | null;
    changed_at: Date;
  };
  company_days: { company_id: string; day: string; is_free: boolean; name: string };
}

type CalendarTx = Tx<CalendarTables>;

/** What the company has chosen; null where it keeps no calendar. */
export async function selectCalendar(tx: CalendarTx, companyId: string): Promise<CalendarSettings | null> {
  const row = await tx
    .selectFrom('company_calendars')
    .selectAll()
    .where('company_id', '=', companyId)
    .executeTakeFirst();
  if (!row) return null;
  const days = await tx
    .selectFrom('company_days')
    .selectAll()
    .where('company_id', '=', companyId)
    .orderBy('day')
    .execute();
  return {
    avoids: row.avoids,
    country: row.country,
    region: row.region,
    ownDays: days.map(({ day, name, is_free: isFree }) => ({ day, name, isFree })),
  };
}

export async function saveCalendar(
  tx: CalendarTx,
  companyId: string,
  settings: Omit<CalendarSettings, 'ownDays'>,
  now: Date,
): Promise<void> {
  const row = { ...settings, changed_at: now };
  await tx
    .insertInto('company_calendars')
    .values({ company_id: companyId, ...row })
    .onConflict((conflict) => conflict.column('company_id').doUpdateSet(row))
    .execute();
}

export async function saveDay(tx: CalendarTx, companyId: string, own: OwnDay): Promise<void> {
  const row = { is_free: own.isFree, name: own.name };
  await tx
    .insertInto('company_days')
    .values({ company_id: companyId, day: own.day, ...row })
    .onConflict((conflict) => conflict.columns(['company_id', 'day']).doUpdateSet(row))
    .execute();
}

export async function deleteDay(tx: CalendarTx, companyId: string, day: string): Promise<void> {
  await tx.deleteFrom('company_days').where('company_id', '=', companyId).where('day', '=', day).execute();
}
