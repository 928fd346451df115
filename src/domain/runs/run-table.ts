import { type ColumnType, type Generated, type Selectable, sql } from 'kysely';
import type { Author, Origin } from '#domain/dispatch';
import { isBehind, type NewestPlace, type Tx } from '#stores/database';
import type { Grouping, Run, RunOptions, RunState } from './run.ts';
import type { LineTables } from './run-line-table.ts';

type Json<Value> = ColumnType<Value, string, string>;

export interface RunTables extends LineTables {
  runs: {
    id: string;
    company_id: string;
    purpose: 'first' | 'reminder';
    origin: Origin;
    grouping: Grouping;
    options: Json<RunOptions>;
    state: RunState;
    starts_itself: Generated<boolean>;
    author: Json<Author>;
    created_at: Date;
    started_at: Date | null;
    undo_until: Date | null;
    finished_at: Date | null;
    waits_until: Generated<Date | null>;
  };
  run_claims: { company_id: string; document_id: string; run_id: string };
  sender_paces: { sender_id: string; company_id: string; next_at: Date };
}

type RunTx = Tx<RunTables>;

export async function insertRun(tx: RunTx, run: Run): Promise<void> {
  await tx
    .insertInto('runs')
    .values({
      id: run.id,
      company_id: run.companyId,
      purpose: run.purpose,
      origin: run.origin,
      grouping: run.grouping,
      options: JSON.stringify(run.options),
      state: run.state,
      starts_itself: run.startsItself,
      author: JSON.stringify(run.author),
      created_at: run.createdAt,
      started_at: run.startedAt,
      undo_until: run.undoUntil,
      finished_at: run.finishedAt,
    })
    .execute();
}

export async function selectRun(tx: RunTx, companyId: string, id: string): Promise<Run | null> {
  const row = await tx
    .selectFrom('runs')
    .selectAll()
    .where('company_id', '=', companyId)
    .where('id', '=', id)
    .executeTakeFirst();
  return row ? toRun(row) : null;
}

/** The run, locked until the transaction ends. */
export async function lockRun(tx: RunTx, companyId: string, id: string): Promise<Run | null> {
  const row = await tx
    .selectFrom('runs')
    .selectAll()
    .where('company_id', '=', companyId)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  return row ? toRun(row) : null;
}

/** The company's runs, newest first. */
export async function selectRuns(
  tx: RunTx,
  companyId: string,
  page: { readonly before: NewestPlace | null; readonly limit: number },
): Promise<Run[]> {
  const rows = await tx
    .selectFrom('runs')
    .selectAll()
    .where('company_id', '=', companyId)
    .where(isBehind(page.before))
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(page.limit)
    .execute();
  return rows.map(toRun);
}

/** All runs of the installation that a worker has to do something for, oldest first. */
export async function selectRunsAtWork(tx: RunTx, now: Date): Promise<Run[]> {
  const rows = await tx
    .selectFrom('runs')
    .selectAll()
    .where('state', 'in', ['checking', 'running'])
    .where((where) =>
      where.or([
        where('state', '=', 'checking'),
        where('waits_until', 'is', null),
        where('waits_until', '<=', now),
      ]),
    )
    .orderBy('created_at')
    .limit(100)
    .execute();
  return rows.map(toRun);
}

export async function updateRun(
  tx: RunTx,
  run: Pick<Run, 'companyId' | 'id'>,
  change: Partial<
    Pick<Run, 'state' | 'grouping' | 'options' | 'startedAt' | 'undoUntil' | 'finishedAt' | 'waitsUntil'>
  >,
): Promise<void> {
  await tx
    .updateTable('runs')
    .set({
      state: change.state,
      grouping: change.grouping,
      options: change.options ? JSON.stringify(change.options) : undefined,
      started_at: change.startedAt,
      undo_until: change.undoUntil,
      finished_at: change.finishedAt,
      waits_until: change.waitsUntil,
    })
    .where('company_id', '=', run.companyId)
    .where('id', '=', run.id)
    .execute();
}

/** Takes the documents of the run's ready lines for it; those that another run has are left to that one. */
export async function claimDocuments(tx: RunTx, run: Pick<Run, 'companyId' | 'id'>): Promise<void> {
  await sql`insert into run_claims (company_id, document_id, run_id)
    select distinct ${run.companyId}, unnest(document_ids) as document, ${run.id} from run_lines
    where run_id = ${run.id} and state = 'ready' order by document
    on conflict do nothing`.execute(tx);
}

export async function releaseClaims(tx: RunTx, run: Pick<Run, 'companyId' | 'id'>): Promise<void> {
  await tx
    .deleteFrom('run_claims')
    .where('company_id', '=', run.companyId)
    .where('run_id', '=', run.id)
    .execute();
}

/**
 * Takes the sender's next turn: when it may send, if that is not later than `until`; null when it has to wait longer. `gapMs` is the
 * time between two turns.
 */
export async function takeTurn(
  tx: RunTx,
  sender: { readonly id: string; readonly companyId: string; readonly gapMs: number },
  now: Date,
): Promise<boolean> {
  const next = new Date(now.getTime() + sender.gapMs);
  const { rows } = await sql`
    insert into sender_paces (sender_id, company_id, next_at) values (${sender.id}, ${sender.companyId}, ${next})
    on conflict (sender_id) do update set next_at = excluded.next_at where sender_paces.next_at <= ${now}
    returning sender_id`.execute(tx);
  return rows.length > 0;
}

function toRun(row: Selectable<RunTables['runs']>): Run {
  return {
    id: row.id,
    companyId: row.company_id,
    purpose: row.purpose,
    origin: row.origin,
    grouping: row.grouping,
    options: row.options,
    state: row.state,
    startsItself: row.starts_itself,
    author: row.author,
    createdAt: row.created_at,
    startedAt: row.started_at,
    undoUntil: row.undo_until,
    finishedAt: row.finished_at,
    waitsUntil: row.waits_until,
  };
}

/** Whether a run that is not over attaches one of these files. */
export async function areAttachedByRuns(
  tx: Tx<RunTables>,
  companyId: string,
  fileIds: readonly string[],
): Promise<boolean> {
  const { rows } = await sql`select 1 from runs where company_id = ${companyId} and finished_at is null
    and options::text like any (${fileIds.map((id) => `%"${id}"%`)}::text[]) limit 1`.execute(tx);
  return rows.length > 0;
}
