import { sql } from 'kysely';
import type { Language } from '#base/language';
import type { TextKind } from '#domain/templates';
import type { Tx } from '#stores/database';
import type { LineTables } from './run-line-table.ts';

/** Which texts the mails of a run need: kind, language, how many, and the documents of the first. */
export interface RunCell {
  readonly kind: TextKind;
  readonly language: Language;
  readonly lines: number;
  readonly documentIds: readonly string[];
}

/** The kinds and languages of the lines that would go out or are blocked, the most frequent first; lines of before are left out. */
export async function selectCells(
  tx: Tx<LineTables>,
  { companyId, runId }: { readonly companyId: string; readonly runId: string },
): Promise<RunCell[]> {
  const { rows } = await sql<{ kind: TextKind; language: Language; lines: number; first: string[] }>`
    select draft->>'kind' as kind, draft->>'language' as language, count(*)::int as lines,
      (array_agg(to_json(document_ids) order by position))[1] as first
    from run_lines where company_id = ${companyId} and run_id = ${runId} and state in ('ready', 'blocked')
      and draft->>'kind' is not null
    group by 1, 2 order by lines desc, kind, language`.execute(tx);
  return rows.map(({ kind, language, lines, first }) => ({ kind, language, lines, documentIds: first }));
}
