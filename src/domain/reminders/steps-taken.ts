import { dayIn } from '#base/time';
import { type DocumentInRun, documentsInRuns, type RunTables } from '#domain/runs';
import type { Tx } from '#stores/database';
import { type ReminderTables, selectMarks } from './policy-table.ts';

/** What a policy has done about a document. */
export interface StepsTaken {
  /** The days of its steps that were sent, or that a batch still has. */
  readonly done: readonly number[];
  /** The day of its newest try, sent or not; null: none. */
  readonly triedOn: string | null;
}

/**
 * The steps that policies have taken for these documents, by document and policy. A step that nobody got is none: its line was blocked, refused or left
 * out, its batch was canceled, or what was sent was taken back (`sent` says how many reminders of a document there are).
 */
export async function stepsTaken(
  tx: Tx<ReminderTables & RunTables>,
  company: { readonly id: string; readonly timeZone: string },
  documentIds: readonly string[],
  sent: (documentId: string) => number,
): Promise<(documentId: string, policyId: string | undefined) => StepsTaken> {
  const marks = await selectMarks(tx, company.id, documentIds);
  const runIds = [...new Set(marks.flatMap((one) => one.runId ?? []))];
  const inRuns = await documentsInRuns(tx, company.id, { runIds, documentIds });
  const key = (runId: string | null, documentId: string): string => `${runId}/${documentId}`;
  const standings = new Map(inRuns.map((one) => [key(one.runId, one.documentId), one.standing]));
  const found = new Map<string, StepsTaken>();
  for (const { documentId, policyId, days, runId, markedAt } of marks) {
    const before = found.get(`${documentId}/${policyId}`) ?? { done: [], triedOn: null };
    const on = dayIn(company.timeZone, markedAt);
    found.set(`${documentId}/${policyId}`, {
      done: counts(standings.get(key(runId, documentId)), sent(documentId))
        ? [...before.done, days]
        : before.done,
      triedOn: before.triedOn !== null && before.triedOn > on ? before.triedOn : on,
    });
  }
  return (documentId, policyId) => found.get(`${documentId}/${policyId}`) ?? { done: [], triedOn: null };
}

/** Of a run that is gone nothing is known but that it was made: then it counts where anything was sent. */
function counts(standing: DocumentInRun['standing'] | undefined, sent: number): boolean {
  return standing === 'open' || (standing !== 'unsent' && sent > 0);
}
