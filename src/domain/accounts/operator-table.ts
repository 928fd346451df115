import type { Tx } from '#stores/database';
import type { AccountTables } from './account-table.ts';
import { limitsOfCompany } from './company-features-table.ts';
import type { PeopleTables } from './people-table.ts';
import type { PlanLimits } from './plan.ts';

export interface OperatorTables {
  operators: { user_id: string; since: Date };
}

type OperatorTx = Tx<OperatorTables>;

/** Makes somebody an operator; nothing happens when he is one. */
export async function insertOperator(tx: OperatorTx, userId: string, now: Date): Promise<void> {
  await tx
    .insertInto('operators')
    .values({ user_id: userId, since: now })
    .onConflict((conflict) => conflict.column('user_id').doNothing())
    .execute();
}

/** False when he was none. */
export async function deleteOperator(tx: OperatorTx, userId: string): Promise<boolean> {
  const { numDeletedRows } = await tx
    .deleteFrom('operators')
    .where('user_id', '=', userId)
    .executeTakeFirst();
  return numDeletedRows > 0n;
}

/** The addresses of the operators, the first one first. */
export async function selectOperators(tx: Tx<OperatorTables & AccountTables>): Promise<string[]> {
  const rows = await tx
    .selectFrom('operators')
    .innerJoin('users', 'users.id', 'operators.user_id')
    .select('users.email')
    .orderBy('operators.since')
    .orderBy('users.id')
    .execute();
  return rows.map(({ email }) => email);
}

/** A company as whoever runs the installation sees it. */
export interface CompanyStanding {
  readonly id: string;
  readonly name: string;
  readonly country: string;
  /** The plan that it was given; null: the usual one. */
  readonly plan: string | null;
  readonly people: number;
  /** What its plan limits. */
  readonly limits: PlanLimits;
  /** E-mails of the company's month that were counted for a limit; null: none is counted. */
  readonly counted: { readonly since: Date; readonly messages: number } | null;
  readonly timeZone: string;
  readonly since: Date;
}

/** All companies of the installation, the first one first. */
export async function selectStandings(tx: Tx<AccountTables & PeopleTables>): Promise<CompanyStanding[]> {
  const rows = await tx
    .selectFrom('companies')
    .leftJoin('plan_use', 'plan_use.company_id', 'companies.id')
    .select(['id', 'name', 'country', 'plan', 'time_zone', 'created_at', 'since', 'messages'])
    .select(limitsOfCompany.as('limits'))
    .select((all) =>
      all
        .selectFrom('members')
        .select((counted) => counted.fn.countAll<number>().as('count'))
        .whereRef('members.company_id', '=', 'companies.id')
        .as('people'),
    )
    .orderBy('created_at')
    .orderBy('id')
    .execute();
  return rows.map(({ created_at, time_zone, people, limits, since, messages, ...row }) => ({
    ...row,
    people: people ?? 0,
    limits: limits ?? {},
    counted: since && messages !== null ? { since, messages } : null,
    timeZone: time_zone,
    since: created_at,
  }));
}
