import {
  cellFor,
  type Dispatch,
  type Draft,
  dispatchesReallySent,
  prepareDispatches,
  requestProblems,
  textKindOf,
} from '#domain/dispatch';
import { sameAddress } from '#mail/address';
import type { LineTx } from './line-tx.ts';
import { fileNeeded } from './make-files.ts';
import { cellsFor, levelFor, requestOf, textsFor } from './request-of.ts';
import { mayGoAgain, type OpenOfLine, openOfLines } from './rested-lines.ts';
import type { FileAsked, LineDraft, LineProblem, LineText, Run, RunLine } from './run.ts';
import { type LineChange, updateLines } from './run-line-table.ts';
import { warningsOfLine } from './warnings-of-line.ts';

/**
 * Looks at lines as the send window would: who would get what from whom, and what is missing. Sends nothing. Returns the files that are to be
 * joined, so that the person sees what of them stays apart.
 */
export async function checkLines(
  tx: LineTx,
  run: Run,
  lines: readonly RunLine[],
  now: Date,
): Promise<FileAsked[]> {
  const documentIds = lines.flatMap((line) => line.documentIds);
  const dispatches = await dispatchesReallySent(tx, run.companyId, documentIds);
  const open = await openOfLines(tx, run, lines, dispatches, now);
  // What would go out is shown; where nothing would, what was asked for.
  const shown = lines.map((line, n): RunLine => {
    const documentIds = open[n]?.documentIds ?? [];
    return documentIds.length > 0 ? { ...line, documentIds } : line;
  });
  const requests = shown.map((line) => requestOf(run, line, now));
  const drafts = await prepareDispatches(tx, requests, now);
  const changes = lines.map((line, n): LineChange => {
    const { id, companyId } = line;
    const draft = drafts[n];
    const found = open[n] ?? { documentIds: [], leftOut: [], stopped: null };
    const earlier = dispatches.filter((one) => one.documentIds.some((doc) => line.documentIds.includes(doc)));
    const result = draft ? judge({ run, line: shown[n] ?? line, draft, earlier, open: found }, now) : missing;
    return { id, companyId, checkedAt: now, leftOut: found.leftOut, ...result };
  });
  await updateLines(tx, changes);
  return changes.flatMap(({ state, draft }, n) => {
    const line = lines[n];
    const file =
      line && state === 'ready' && run.options.joinPdfs
        ? fileNeeded(run, { ...line, draft: draft ?? null }, open[n]?.documentIds ?? [])
        : null;
    return file?.make === 'joined' ? [file] : [];
  });
}

type Judged = Pick<LineChange, 'state' | 'problems' | 'draft'>;

const missing: Judged = {
  state: 'blocked',
  problems: [{ path: 'documentId', reason: 'document_missing' }],
};

interface Looked {
  readonly run: Run;
  readonly line: RunLine;
  readonly draft: Draft;
  /** Dispatches of its documents, newest first. */
  readonly earlier: readonly Dispatch[];
  readonly open: OpenOfLine;
}

function judge({ run, line, draft, earlier, open }: Looked, now: Date): Judged {
  const shown = draftOf(run, draft, earlier);
  if (open.documentIds.length === 0)
    return {
      state: 'excluded',
      problems: [{ path: 'documentId', reason: 'stopped', value: open.stopped ?? '' }],
      draft: shown,
    };
  const problems: LineProblem[] = [
    ...draft.problems,
    // In a run, what a program may leave out is missing for a person too.
    ...requestProblems(draft, { ...requestOf(run, line, now), origin: 'manual' }, now),
    ...unreachable(draft),
  ];
  const before = run.purpose === 'first' && !mayGoAgain(run, line) ? sentBefore(earlier) : null;
  return {
    state: problems.length > 0 ? 'blocked' : before ? 'excluded' : 'ready',
    problems: before ? [...problems, before] : problems,
    draft: shown,
  };
}

/** A mail that every recipient's address keeps from leaving would only wait: each address says why. */
function unreachable({ addressees, channels, warnings }: Draft): LineProblem[] {
  const to = addressees.filter((one) => one.role === 'to').map((one) => one.address);
  const closed = warnings.flatMap((one) =>
    (one.kind === 'suppressed' || one.kind === 'misdirected') &&
    to.some((own) => sameAddress(own, one.address))
      ? [one]
      : [],
  );
  const isClosed = (address: string): boolean => closed.some((one) => sameAddress(one.address, address));
  if (!channels.includes('email') || to.length === 0 || !to.every(isClosed)) return [];
  return closed.map(({ kind, address }) => ({ path: 'to', reason: kind, value: address }));
}

/** The newest dispatch of one of the documents that was not taken back; sending it again is for a person to say. */
function sentBefore(earlier: readonly Dispatch[]): LineProblem | null {
  const newest = earlier.find((one) => one.canceledAt === null);
  return newest
    ? { path: 'documentId', reason: 'already_sent', value: newest.createdAt.toISOString() }
    : null;
}

function textOf(run: Run, { template, language, documents }: Draft): LineText {
  const ids = documents.map((one) => one.id);
  const level = levelFor(run, ids);
  const cell = cellFor(cellsFor(run, level), { kind: textKindOf(documents), language });
  const isOfRun = cell?.templateId === undefined && textsFor(level, ids)?.[language];
  if (cell?.text || isOfRun) return { from: 'run' };
  return template ? { from: 'template', id: template.id, name: template.name } : { from: 'built_in' };
}

function draftOf(run: Run, draft: Draft, earlier: readonly Dispatch[]): LineDraft {
  const addresses = (role: 'to' | 'cc'): string[] =>
    draft.addressees.filter((one) => one.role === role).map((one) => one.address);
  return {
    to: addresses('to'),
    cc: addresses('cc'),
    senderAddress: draft.sender?.address ?? null,
    senderReason: draft.senderReason,
    channels: [...draft.channels],
    company: draft.channels.includes('network') ? (draft.partner?.companyName ?? null) : null,
    language: draft.language,
    kind: textKindOf(draft.documents),
    subject: draft.subject,
    text: textOf(run, draft),
    attachments:
      draft.attached.documentFiles.filter((file) => file.isAttached).length +
      (draft.attached.joinedFile ? 1 : 0) +
      draft.attached.extraFiles.length,
    bytes: draft.attached.bytes,
    seen: earlier.map((one) => one.id),
    warnings: warningsOfLine(draft),
  };
}
