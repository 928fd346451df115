import { after, minute } from '#base/time';
import { getCompany } from '#domain/accounts';
import { freeDaysOf } from '#domain/calendar';
import { type Dispatch, dispatchesReallySent, type SubmitSettings, submitDispatches } from '#domain/dispatch';
import { lockDocuments } from '#domain/documents';
import type { LineTx } from './line-tx.ts';
import { fileNeeded } from './make-files.ts';
import { nextOfficeTime } from './office-hours.ts';
import { requestOf } from './request-of.ts';
import { mayGoAgain, type OpenOfLine, openOfLines } from './rested-lines.ts';
import type { FileAsked, LineProblem, Run, RunLine } from './run.ts';
import { type LineChange, updateLines } from './run-line-table.ts';
import { updateRun } from './run-table.ts';

/**
 * Sends ready lines whose rows the caller has locked: the dispatches and the lines' new states are one transaction, so a line is never
 * sent twice. Documents that went out since their line was looked at are left alone. Returns the files that are to be made of
 * what is open now before their lines can go; nothing has happened to these.
 */
export async function sendLines(
  tx: LineTx,
  settings: SubmitSettings,
  run: Run,
  lines: readonly RunLine[],
  now: Date,
): Promise<FileAsked[]> {
  const ids = lines.flatMap((line) => line.documentIds);
  const found = new Set((await lockDocuments(tx, run.companyId, ids)).map((one) => one.id));
  const dispatches = await dispatchesReallySent(tx, run.companyId, ids);
  const open = await openOfLines(tx, run, lines, dispatches, now);
  const looked = lines.map((line, n) => ({
    line,
    next: nextOf({ run, line, found, dispatches, open: open[n] ?? nothingOpen }),
  }));
  const going = looked.flatMap(({ line, next }) =>
    'send' in next ? [{ line, send: next.send, leftOut: next.leftOut }] : [],
  );
  const at = await timeOf(tx, run, now);
  const submitted = await submitDispatches(
    tx,
    settings,
    going.map(({ line, send }) => requestOf(run, { ...line, documentIds: send }, now, at)),
    now,
  );
  const sent = going.map(({ line, leftOut }, n): Ended => {
    const result = submitted[n];
    if (result?.ok) return { line, state: 'sent', problems: [], leftOut, dispatchId: result.dispatch.id };
    const problems: readonly LineProblem[] =
      result?.reason === 'invalid' ? result.problems : [{ path: 'documentId', reason: 'document_missing' }];
    // What the plan has no room for is not refused: it goes when there is.
    return { line, state: hasNoRoom(problems) ? 'ready' : 'refused', problems, leftOut };
  });
  const closed = looked.flatMap(({ line, next }) => ('state' in next ? [{ line, ...next }] : []));
  await updateLines(
    tx,
    [...sent, ...closed].map(({ line, ...end }) => ({
      id: line.id,
      companyId: line.companyId,
      ...end,
      doneAt: end.state === 'ready' ? null : now,
    })),
  );
  const isWaiting = sent.some((one) => one.state === 'ready');
  if (isWaiting || run.waitsUntil)
    await updateRun(tx, run, { waitsUntil: isWaiting ? after(now, roomWait) : null });
  return looked.flatMap(({ next }) => ('file' in next ? [next.file] : []));
}

/** So long a run waits before it asks again whether the plan has room: a new month has begun by then, or another plan was given. */
const roomWait = 5 * minute;

function hasNoRoom(problems: readonly LineProblem[]): boolean {
  return problems.some((one) => one.reason === 'plan_limit');
}

const nothingOpen: OpenOfLine = { documentIds: [], leftOut: [], stopped: null };

type End = Pick<LineChange, 'state' | 'problems' | 'leftOut' | 'dispatchId'>;
type Ended = End & { readonly line: RunLine };
type Next =
  | End
  | { readonly send: readonly string[]; readonly leftOut: OpenOfLine['leftOut'] }
  | { readonly file: FileAsked };

interface Looked {
  readonly run: Run;
  readonly line: RunLine;
  /** Ids of the documents that there are. */
  readonly found: ReadonlySet<string>;
  readonly dispatches: readonly Dispatch[];
  readonly open: OpenOfLine;
}

/** What becomes of a line: its documents go out, a file is made first, or it ends here. */
function nextOf(looked: Looked): Next {
  const { run, line, found, open } = looked;
  const { documentIds, leftOut, stopped } = open;
  const ended = (state: 'skipped' | 'refused', problem: LineProblem): Next => ({
    state,
    problems: [problem],
    leftOut,
  });
  if (!mayGoAgain(run, line) && wentOutSince(looked))
    return ended('skipped', { path: 'documentId', reason: 'sent_meanwhile' });
  if (line.documentIds.some((id) => !found.has(id)))
    return ended('refused', { path: 'documentId', reason: 'document_missing' });
  if (documentIds.length === 0)
    return ended('skipped', { path: 'documentId', reason: 'stopped', value: stopped ?? '' });
  // Files that are made of several documents hold what is open now: a payment in between has them made anew.
  const file = fileNeeded(run, line, documentIds);
  if (file) return { file };
  return { send: documentIds, leftOut };
}

/** By what the dry run has seen, not by the clock: two things may happen in the same millisecond. */
function wentOutSince({ line, dispatches }: Looked): boolean {
  return dispatches.some(
    (one) =>
      one.documentIds.some((id) => line.documentIds.includes(id)) &&
      one.canceledAt === null &&
      !line.draft?.seen.includes(one.id),
  );
}

async function timeOf(tx: LineTx, { companyId, options }: Run, now: Date): Promise<Date | null> {
  const asked = options.sendAt ? new Date(options.sendAt) : now;
  const at = asked > now ? asked : now;
  if (!options.officeHours) return at > now ? at : null;
  const company = await getCompany(tx, companyId);
  return nextOfficeTime(company?.timeZone ?? 'UTC', at, await freeDaysOf(tx, companyId, now));
}
