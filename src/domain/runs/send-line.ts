import { getCompany } from '#domain/accounts';
import { getDispatches, type SubmitSettings, submitDispatch } from '#domain/dispatch';
import { lockDocuments } from '#domain/documents';
import { mayGoAgain } from './check-line.ts';
import type { LineTx } from './line-tx.ts';
import type { LetterAsked } from './make-letter.ts';
import { nextOfficeTime } from './office-hours.ts';
import { requestOf } from './request-of.ts';
import type { LineProblem, Run, RunLine } from './run.ts';
import { updateLine } from './run-line-table.ts';
import { stillOpen } from './still-open.ts';

/**
 * Sends one ready line whose row the caller has locked: the dispatch and the line's new state are one transaction, so a line is never
 * sent twice. Documents that went out since the line was looked at are left alone.
 */
export async function sendLine(
  tx: LineTx,
  settings: SubmitSettings,
  run: Run,
  line: RunLine,
  now: Date,
): Promise<'done' | LetterAsked> {
  const documents = await lockDocuments(tx, run.companyId, line.documentIds);
  if (!mayGoAgain(run, line) && (await wentOutSince(tx, line))) {
    const problem: LineProblem = { path: 'documentId', reason: 'sent_meanwhile' };
    return close(tx, line, { state: 'skipped', problems: [problem] }, now);
  }
  if (documents.length < line.documentIds.length) {
    const problem: LineProblem = { path: 'documentId', reason: 'document_missing' };
    return close(tx, line, { state: 'refused', problems: [problem] }, now);
  }
  const open = await stillOpen(tx, run, line.documentIds, now);
  if (open.documentIds.length === 0) {
    const problem: LineProblem = { path: 'documentId', reason: 'stopped', value: open.stopped ?? '' };
    return close(tx, line, { state: 'skipped', problems: [problem] }, now);
  }
  // A letter lists what is open now: a payment in between has it drawn anew.
  const listed = line.choice.letter?.documentIds.join(' ');
  if (run.options.letter && listed !== open.documentIds.join(' '))
    return { run, line, documentIds: open.documentIds };
  const going = { ...line, documentIds: open.documentIds };
  const request = requestOf(run, going, now, await timeOf(tx, run, now));
  const submitted = await submitDispatch(tx, settings, request, now);
  if (submitted.ok)
    return close(tx, line, { state: 'sent', problems: [], dispatchId: submitted.dispatch.id }, now);
  const problems: readonly LineProblem[] =
    submitted.reason === 'invalid'
      ? submitted.problems
      : [{ path: 'documentId', reason: 'document_missing' }];
  return close(tx, line, { state: 'refused', problems }, now);
}

async function close(
  tx: LineTx,
  line: RunLine,
  end: Pick<RunLine, 'state' | 'problems'> & Partial<Pick<RunLine, 'dispatchId'>>,
  now: Date,
): Promise<'done'> {
  await updateLine(tx, line, { ...end, doneAt: now });
  return 'done';
}

/** By what the dry run has seen, not by the clock: two things may happen in the same millisecond. */
async function wentOutSince(tx: LineTx, line: RunLine): Promise<boolean> {
  const dispatches = await getDispatches(tx, line.companyId, { documentIds: line.documentIds });
  return dispatches.some((one) => one.canceledAt === null && !line.draft?.seen.includes(one.id));
}

async function timeOf(tx: LineTx, { companyId, options }: Run, now: Date): Promise<Date | null> {
  const asked = options.sendAt ? new Date(options.sendAt) : now;
  const at = asked > now ? asked : now;
  if (!options.officeHours) return at > now ? at : null;
  const company = await getCompany(tx, companyId);
  return nextOfficeTime(company?.timeZone ?? 'UTC', at);
}
