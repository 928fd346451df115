import { sql } from 'kysely';
import type { Tx } from '#stores/database';
import type { RunTables } from './run-table.ts';

/** A document in a run: `open` while the run may still send it, `sent` once its line was, `unsent` where it ended without. */
export interface DocumentInRun {
  readonly runId: string;
  readonly documentId: string;
  readonly standing: 'open' | 'sent' | 'unsent';
}

/** How these documents stand in these runs; runs that are gone say nothing. */
export async function selectDocumentsInRuns(
  tx: Tx<RunTables>,
  companyId: string,
  which: { readonly runIds: readonly string[]; readonly documentIds: readonly string[] },
): Promise<DocumentInRun[]> {
  if (which.runIds.length === 0 || which.documentIds.length === 0) return [];
  const { rows } = await sql<{ run_id: string; document_id: string; standing: DocumentInRun['standing'] }>`
    select runs.id as run_id, document.id as document_id, case
        when lines.left_out @> jsonb_build_array(jsonb_build_object('documentId', document.id)) then 'unsent'
        when lines.state = 'sent' then 'sent'
        when runs.state in ('finished', 'canceled') then 'unsent'
        else 'open' end as standing
    from runs join run_lines as lines on lines.run_id = runs.id and lines.company_id = runs.company_id
      cross join lateral unnest(lines.document_ids) as document (id)
    where runs.company_id = ${companyId} and runs.id = any (${[...which.runIds]}::text[])
      and document.id = any (${[...which.documentIds]}::text[])`.execute(tx);
  return rows.map((row) => ({ runId: row.run_id, documentId: row.document_id, standing: row.standing }));
}
