import { type ColumnType, type Selectable, sql } from 'kysely';
import type { LeftOut } from '#domain/dispatch';
import type { Tx } from '#stores/database';
import { type LineDraft, type LineProblem, type LineState, lineStates, type RunLine } from './run.ts';
import { draftOfRow } from './warnings-of-line.ts';

type Json<Value> = ColumnType<Value, string, string>;

export interface LineTables {
  run_lines: {
    id: string;
    company_id: string;
    run_id: string;
    position: number;
    document_ids: string[];
    customer_name: string;
    state: LineState;
    draft: Json<LineDraft | null>;
    problems: ColumnType<readonly LineProblem[], string | undefined, string>;
    left_out: ColumnType<readonly LeftOut[], string | undefined, string>;
    choice: ColumnType<RunLine['choice'], string | undefined, string>;
    dispatch_id: string | null;
    checked_at: Date | null;
    done_at: Date | null;
  };
}

type LineTx = Tx<LineTables>;
type Which = { readonly companyId: string; readonly runId: string };

export async function insertLines(
  tx: LineTx,
  lines: readonly Pick<RunLine, 'id' | 'companyId' | 'runId' | 'position' | 'documentIds' | 'customerName'>[],
): Promise<void> {
  if (lines.length === 0) return;
  // Lists of different lengths are no array of PostgreSQL; as JSON they are.
  await sql`
    insert into run_lines (id, company_id, run_id, position, document_ids, customer_name, state)
    select id, company_id, run_id, position, array(select jsonb_array_elements_text(documents)), customer_name, 'unchecked'
    from unnest(${lines.map((one) => one.id)}::text[], ${lines.map((one) => one.companyId)}::text[],
      ${lines.map((one) => one.runId)}::text[], ${lines.map((one) => one.position)}::int[],
      ${lines.map((one) => JSON.stringify(one.documentIds))}::jsonb[], ${lines.map((one) => one.customerName)}::text[])
      as line (id, company_id, run_id, position, documents, customer_name)`.execute(tx);
}

/** Lines of a run by their position, after one of them. */
export async function selectLines(
  tx: LineTx,
  { companyId, runId }: Which,
  page: { readonly after: number; readonly limit: number; readonly states?: readonly LineState[] },
): Promise<RunLine[]> {
  const rows = await tx
    .selectFrom('run_lines')
    .selectAll()
    .where('company_id', '=', companyId)
    .where('run_id', '=', runId)
    .where('position', '>', page.after)
    .$if(page.states !== undefined, (query) => query.where('state', 'in', page.states ?? []))
    .orderBy('position')
    .limit(page.limit)
    .execute();
  return rows.map(toLine);
}

/** A line by its id, of that run where one is named; null when there is none. */
export async function selectLine(
  tx: LineTx,
  { companyId, runId }: { readonly companyId: string; readonly runId?: string },
  id: string,
): Promise<RunLine | null> {
  const row = await tx
    .selectFrom('run_lines')
    .selectAll()
    .where('company_id', '=', companyId)
    .where('id', '=', id)
    .$if(runId !== undefined, (query) => query.where('run_id', '=', runId ?? ''))
    .executeTakeFirst();
  return row ? toLine(row) : null;
}

/** Takes lines in a state for this transaction; those that another worker has in hand are passed over. */
export async function takeLines(
  tx: LineTx,
  { companyId, runId }: Which,
  state: LineState,
  limit: number,
): Promise<RunLine[]> {
  const rows = await tx
    .selectFrom('run_lines')
    .selectAll()
    .where('company_id', '=', companyId)
    .where('run_id', '=', runId)
    .where('state', '=', state)
    .orderBy('position')
    .limit(limit)
    .forUpdate()
    .skipLocked()
    .execute();
  return rows.map(toLine);
}

export async function lockLine(tx: LineTx, companyId: string, id: string): Promise<RunLine | null> {
  const row = await tx
    .selectFrom('run_lines')
    .selectAll()
    .where('company_id', '=', companyId)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  return row ? toLine(row) : null;
}

/** The line whose mail a dispatch is, locked; null when it is of no run. */
export async function lockLineOf(tx: LineTx, companyId: string, dispatchId: string): Promise<RunLine | null> {
  const row = await tx
    .selectFrom('run_lines')
    .selectAll()
    .where('company_id', '=', companyId)
    .where('dispatch_id', '=', dispatchId)
    .forUpdate()
    .executeTakeFirst();
  return row ? toLine(row) : null;
}

export async function updateLine(
  tx: LineTx,
  line: Pick<RunLine, 'companyId' | 'id'>,
  change: Partial<
    Pick<RunLine, 'state' | 'draft' | 'problems' | 'choice' | 'dispatchId' | 'checkedAt' | 'doneAt'>
  >,
): Promise<void> {
  await tx
    .updateTable('run_lines')
    .set({
      state: change.state,
      draft: change.draft === undefined ? undefined : JSON.stringify(change.draft),
      problems: change.problems ? JSON.stringify(change.problems) : undefined,
      choice: change.choice ? JSON.stringify(change.choice) : undefined,
      dispatch_id: change.dispatchId,
      checked_at: change.checkedAt,
      done_at: change.doneAt,
    })
    .where('company_id', '=', line.companyId)
    .where('id', '=', line.id)
    .execute();
}

/** What changes in a line; what is absent stays. */
export type LineChange = Pick<RunLine, 'companyId' | 'id' | 'state' | 'problems'> &
  Partial<Pick<RunLine, 'draft' | 'leftOut' | 'dispatchId' | 'checkedAt' | 'doneAt'>>;

/** Writes the new states of many lines in one statement. */
export async function updateLines(tx: LineTx, changes: readonly LineChange[]): Promise<void> {
  if (changes.length === 0) return;
  const rows = changes.map((one) => ({
    id: one.id,
    company_id: one.companyId,
    state: one.state,
    problems: one.problems,
    left_out: one.leftOut ?? null,
    draft: one.draft ?? null,
    dispatch_id: one.dispatchId ?? null,
    checked_at: one.checkedAt ?? null,
    done_at: one.doneAt ?? null,
  }));
  await sql`
    update run_lines set state = given.state, problems = given.problems, draft = coalesce(given.draft, run_lines.draft),
      left_out = coalesce(given.left_out, run_lines.left_out),
      dispatch_id = coalesce(given.dispatch_id, run_lines.dispatch_id),
      checked_at = coalesce(given.checked_at, run_lines.checked_at), done_at = coalesce(given.done_at, run_lines.done_at)
    from json_populate_recordset(null::run_lines, ${JSON.stringify(rows)}::json) as given
    where run_lines.company_id = given.company_id and run_lines.id = given.id`.execute(tx);
}

/** Ready lines with a document that the run could not claim are in another run. */
export async function skipUnclaimed(tx: LineTx, { companyId, runId }: Which, now: Date): Promise<void> {
  await sql`
    update run_lines set state = 'skipped', done_at = ${now},
      problems = '[{"path": "documentId", "reason": "in_another_run"}]'
    where company_id = ${companyId} and run_id = ${runId} and state = 'ready' and exists (
      select from unnest(document_ids) as asked (id) where not exists (
        select from run_claims where run_claims.document_id = asked.id and run_claims.run_id = ${runId}
          and run_claims.company_id = ${companyId}))`.execute(tx);
}

/** Puts lines in these states back to be looked at again. */
export async function uncheckLines(
  tx: LineTx,
  { companyId, runId }: Which,
  states: readonly LineState[],
): Promise<void> {
  await tx
    .updateTable('run_lines')
    .set({ state: 'unchecked' })
    .where('company_id', '=', companyId)
    .where('run_id', '=', runId)
    .where('state', 'in', [...states])
    .execute();
}

/** The documents of all lines of a run, in their order. */
export async function selectRunDocuments(tx: LineTx, { companyId, runId }: Which): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select document.id from run_lines cross join lateral unnest(document_ids) with ordinality as document (id, place)
    where company_id = ${companyId} and run_id = ${runId} order by position, place`.execute(tx);
  return rows.map((row) => row.id);
}

export async function deleteLines(tx: LineTx, { companyId, runId }: Which): Promise<void> {
  await tx.deleteFrom('run_lines').where('company_id', '=', companyId).where('run_id', '=', runId).execute();
}

/** How many lines are in each state, how many were done since an instant, and when the last one was. */
export async function countLines(
  tx: LineTx,
  { companyId, runId }: Which,
  since: Date,
): Promise<{ counts: Record<LineState, number>; recent: number; documents: number }> {
  const { rows } = await sql<{ state: LineState; count: number; recent: number; documents: number }>`
    select state, count(*)::int as count, (count(*) filter (where state = 'sent' and done_at > ${since}))::int as recent,
      coalesce(sum(cardinality(document_ids)), 0)::int as documents
    from run_lines where company_id = ${companyId} and run_id = ${runId} group by state`.execute(tx);
  const counts = Object.fromEntries(lineStates.map((state) => [state, 0])) as Record<LineState, number>;
  for (const row of rows) counts[row.state] = row.count;
  return {
    counts,
    recent: rows.reduce((sum, row) => sum + row.recent, 0),
    documents: rows.reduce((sum, row) => sum + row.documents, 0),
  };
}

function toLine(row: Selectable<LineTables['run_lines']>): RunLine {
  return {
    id: row.id,
    companyId: row.company_id,
    runId: row.run_id,
    position: row.position,
    documentIds: row.document_ids,
    customerName: row.customer_name,
    state: row.state,
    draft: draftOfRow(row.draft),
    problems: row.problems,
    leftOut: row.left_out,
    choice: row.choice,
    dispatchId: row.dispatch_id,
    checkedAt: row.checked_at,
    doneAt: row.done_at,
  };
}
