import { sql } from 'kysely';
import type { StsPolicy } from '#mail/dns';
import type { Tx } from '#stores/database';

export interface LimitTables {
  sending_limits: { name: string; arrival: number; line: number };
  sts_policies: {
    domain: string;
    policy_id: string;
    mode: StsPolicy['mode'];
    mx: readonly string[];
    expires_at: Date;
  };
}

export interface LimitState {
  readonly arrival: number;
  readonly line: number;
}

/** The state of a limit, locked until the transaction ends; made when it is not there. */
export async function lockLimit(tx: Tx<LimitTables>, name: string): Promise<LimitState> {
  await sql`insert into sending_limits (name, arrival, line) values (${name}, 0, 0) on conflict do nothing`.execute(
    tx,
  );
  return tx
    .selectFrom('sending_limits')
    .select(['arrival', 'line'])
    .where('name', '=', name)
    .forUpdate()
    .executeTakeFirstOrThrow();
}

export async function updateLimit(tx: Tx<LimitTables>, name: string, state: LimitState): Promise<void> {
  await tx.updateTable('sending_limits').set(state).where('name', '=', name).execute();
}

/** Moves the next arrival of a limit back by one message. */
export async function takeBack(tx: Tx<LimitTables>, name: string, intervalMs: number): Promise<void> {
  await tx
    .updateTable('sending_limits')
    .set((is) => ({ arrival: is('arrival', '-', intervalMs) }))
    .where('name', '=', name)
    .execute();
}

export interface KeptPolicy extends StsPolicy {
  readonly id: string;
  readonly expiresAt: Date;
}

export async function selectPolicy(tx: Tx<LimitTables>, domain: string): Promise<KeptPolicy | null> {
  const row = await tx.selectFrom('sts_policies').selectAll().where('domain', '=', domain).executeTakeFirst();
  if (!row) return null;
  return { id: row.policy_id, mode: row.mode, mx: row.mx, maxAgeSeconds: 0, expiresAt: row.expires_at };
}

export async function savePolicy(tx: Tx<LimitTables>, domain: string, policy: KeptPolicy): Promise<void> {
  const values = {
    policy_id: policy.id,
    mode: policy.mode,
    mx: JSON.stringify(policy.mx) as never,
    expires_at: policy.expiresAt,
  };
  await tx
    .insertInto('sts_policies')
    .values({ domain, ...values })
    .onConflict((on) => on.column('domain').doUpdateSet(values))
    .execute();
}
