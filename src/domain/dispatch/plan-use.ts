import { type AccessTables, type Company, countPeople, getUse, monthOf } from '#domain/accounts';
import type { Tx } from '#stores/database';
import { countOfMonth, type UseCountTables } from './count-month-table.ts';

/** From this share of a month's e-mails on, people are told what is left. */
export const nearFrom = 0.8;

/** What a company's plan limits, and what is used of it. */
export interface PlanUse {
  /** E-mails of its month, which begins anew at `until`; null: no limit, and nothing is counted. */
  readonly messages: {
    readonly limit: number;
    readonly used: number;
    readonly since: Date;
    readonly until: Date;
  } | null;
  /** People, those included who are invited; `limit` null: none. */
  readonly users: { readonly limit: number | null; readonly used: number };
}

/** Reads it; changes and locks nothing. */
export async function planUse(
  tx: Tx<UseCountTables & AccessTables>,
  company: Company,
  now: Date,
): Promise<PlanUse> {
  const { messagesPerMonth: limit, users } = company.limits;
  return {
    messages: limit === undefined ? null : { limit, ...(await monthUse(tx, company, now)) },
    users: { limit: users ?? null, used: await countPeople(tx, company.id, now) },
  };
}

/** E-mails that are used of the company's month, and when it began and ends. */
export async function monthUse(tx: Tx<UseCountTables>, company: Company, now: Date) {
  const month = monthOf(company, now);
  const whose = { companyId: company.id, since: month.since };
  const known = await getUse(tx, whose);
  return { used: known?.messages ?? (await countOfMonth(tx, whose)), ...month };
}
