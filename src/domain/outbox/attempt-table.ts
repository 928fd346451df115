import { type Selectable, sql } from 'kysely';
import { insertRows, type Tx } from '#stores/database';
import type { AttemptOutcome, OutboxTables } from './outbox-tables.ts';

type OutboxTx = Tx<OutboxTables>;

/** One try to hand a message over, and what the other server answered. */
export type Attempt = Selectable<OutboxTables['attempts']>;

export async function insertAttempts(
  tx: OutboxTx,
  attempts: readonly Pick<
    Attempt,
    'id' | 'company_id' | 'message_id' | 'number' | 'fence' | 'worker' | 'started_at'
  >[],
): Promise<void> {
  await insertRows(tx, 'attempts', attempts);
}

/** Marks that the dot is about to be sent. Returns the attempts for which that is allowed: their lease is still the latest. */
export async function markDots(tx: OutboxTx, ids: readonly string[], now: Date): Promise<Set<string>> {
  const { rows } = await sql<{ id: string }>`
    update attempts set dot_sent_at = ${now} from messages
    where attempts.id = any (${ids}::text[]) and attempts.outcome is null and messages.id = attempts.message_id
      and messages.fence = attempts.fence and messages.delivery = 'sending'
    returning attempts.id`.execute(tx);
  return new Set(rows.map((row) => row.id));
}

export interface AttemptEnd {
  readonly id: string;
  readonly outcome: AttemptOutcome;
  readonly problem: string | null;
  readonly step: string | null;
  readonly code: number | null;
  readonly enhanced: string | null;
  readonly reply: string | null;
  readonly host: string | null;
  readonly ip: string | null;
  readonly tls: unknown;
  readonly tlsGivenUp: unknown;
  readonly dns: readonly string[] | null;
}

/** Writes how attempts ended. Returns those that had no answer before: a replayed answer changes nothing twice. */
export async function endAttempts(
  tx: OutboxTx,
  ends: readonly AttemptEnd[],
  now: Date,
): Promise<Set<string>> {
  if (ends.length === 0) return new Set();
  const { rows } = await sql<{ id: string }>`
    update attempts set outcome = new.outcome, problem = new.problem, step = new.step, code = new.code, enhanced = new.enhanced,
      reply = new.reply, host = new.host, ip = new.ip, tls = new.tls, tls_given_up = new.tls_given_up,
      dns = new.dns, ended_at = ${now}
    from unnest(${ends.map((end) => end.id)}::text[], ${ends.map((end) => end.outcome)}::text[], ${ends.map((end) => end.problem)}::text[],
      ${ends.map((end) => end.step)}::text[], ${ends.map((end) => end.code)}::int[], ${ends.map((end) => end.enhanced)}::text[],
      ${ends.map((end) => end.reply)}::text[], ${ends.map((end) => end.host)}::text[], ${ends.map((end) => end.ip)}::text[],
      ${jsons(ends.map((end) => end.tls))}::jsonb[], ${jsons(ends.map((end) => end.tlsGivenUp))}::jsonb[],
      ${jsons(ends.map((end) => end.dns))}::jsonb[])
      as new (id, outcome, problem, step, code, enhanced, reply, host, ip, tls, tls_given_up, dns)
    where attempts.id = new.id and (attempts.outcome is null or attempts.outcome in ('lost', 'unknown_after_dot'))
    returning attempts.id`.execute(tx);
  return new Set(rows.map((row) => row.id));
}

function jsons(values: readonly unknown[]): (string | null)[] {
  return values.map((value) => (value ? JSON.stringify(value) : null));
}

/** The attempts of a message, first one first. */
export function selectAttempts(tx: OutboxTx, companyId: string, messageId: string): Promise<Attempt[]> {
  return tx
    .selectFrom('attempts')
    .selectAll()
    .where('company_id', '=', companyId)
    .where('message_id', '=', messageId)
    .orderBy('number')
    .execute();
}
