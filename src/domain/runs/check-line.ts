import { type Dispatch, type Draft, getDispatches, prepareDispatch, requestProblems } from '#domain/dispatch';
import type { LineTx } from './line-tx.ts';
import { requestOf } from './request-of.ts';
import type { LineDraft, LineProblem, Run, RunLine } from './run.ts';
import { updateLine } from './run-line-table.ts';
import { stillOpen } from './still-open.ts';

/** Looks at one line as the send window would: who would get what from whom, and what is missing. Sends nothing. */
export async function checkLine(tx: LineTx, run: Run, line: RunLine, now: Date): Promise<void> {
  const request = requestOf(run, line, now);
  const draft = await prepareDispatch(tx, request, now);
  if (!draft)
    return updateLine(tx, line, {
      state: 'blocked',
      problems: [{ path: 'documentId', reason: 'document_missing' }],
      checkedAt: now,
    });
  const problems: LineProblem[] = [
    ...draft.problems,
    // In a run, what a program may leave out is missing for a person too.
    ...requestProblems(draft, { ...request, origin: 'manual' }, now),
  ];
  const earlier = await getDispatches(tx, line.companyId, { documentIds: line.documentIds });
  const stop = await stillOpen(tx, run, line.documentIds, now);
  if (stop.documentIds.length === 0)
    return updateLine(tx, line, {
      state: 'excluded',
      problems: [{ path: 'documentId', reason: 'stopped', value: stop.stopped ?? '' }],
      draft: draftOf(draft, earlier),
      checkedAt: now,
    });
  const before = run.purpose === 'first' && !mayGoAgain(run, line) ? sentBefore(earlier) : null;
  await updateLine(tx, line, {
    state: problems.length > 0 ? 'blocked' : before ? 'excluded' : 'ready',
    problems: before ? [...problems, before] : problems,
    draft: draftOf(draft, earlier),
    checkedAt: now,
  });
}

export function mayGoAgain(run: Run, line: RunLine): boolean {
  return (run.options.again ?? false) || (line.choice.again ?? false);
}

/** The newest dispatch of one of the documents that was not taken back; sending it again is for a person to say. */
function sentBefore(earlier: readonly Dispatch[]): LineProblem | null {
  const newest = earlier.find((one) => one.canceledAt === null);
  return newest
    ? { path: 'documentId', reason: 'already_sent', value: newest.createdAt.toISOString() }
    : null;
}

function draftOf(draft: Draft, earlier: readonly Dispatch[]): LineDraft {
  const addresses = (role: 'to' | 'cc'): string[] =>
    draft.addressees.filter((one) => one.role === role).map((one) => one.address);
  return {
    to: addresses('to'),
    cc: addresses('cc'),
    senderAddress: draft.sender?.address ?? null,
    senderReason: draft.senderReason,
    language: draft.language,
    subject: draft.subject,
    attachments:
      draft.attached.documentFiles.filter((file) => file.isAttached).length +
      draft.attached.extraFiles.length,
    bytes: draft.attached.bytes,
    seen: earlier.map((one) => one.id),
    warnings: [...new Set(draft.warnings.map((one) => one.kind))],
  };
}
