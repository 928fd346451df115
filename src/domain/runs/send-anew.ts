import { sendAnew } from '#domain/dispatch';
import { companiesToSendAnew, endSendAnew, type Message, takeToSendAnew } from '#domain/outbox';
import { asWorker, inCompany } from '#stores/database';
import type { LineTx } from './line-tx.ts';
import { fileNeeded, makeFile } from './make-files.ts';
import { requestOf } from './request-of.ts';
import type { FileAsked, LineProblem, Run, RunLine } from './run.ts';
import { lockLineOf, updateLines } from './run-line-table.ts';
import type { RunNeeds } from './run-needs.ts';
import { selectRun } from './run-table.ts';
import { sendAloneAnew } from './send-alone-anew.ts';
import { endOf, type StillOpen, stillOpen } from './still-open.ts';

/**
 * Sends what is left of mails with several documents of which one was settled in the last second. Text, list, amounts and files are
 * composed anew from what the run has chosen; the line then names the new dispatch, and why which document stayed behind. A mail of no run
 * is composed from what was asked for.
 */
export async function sendRunsAnew(needs: RunNeeds): Promise<void> {
  for (const companyId of await asWorker(needs.database, (tx) => companiesToSendAnew(tx)))
    while ((await sendOne(needs, companyId)) !== 'none');
}

type Step = 'none' | 'done' | FileAsked;

async function sendOne(needs: RunNeeds, companyId: string): Promise<'none' | 'done'> {
  const now = needs.clock();
  const step = await inCompany(needs.database, companyId, (tx) => oneMail(tx, needs, companyId, now));
  if (typeof step === 'string') return step;
  // Made between two transactions; then the mail is looked at again.
  await makeFile(needs, step, now);
  return 'done';
}

async function oneMail(tx: LineTx, needs: RunNeeds, companyId: string, now: Date): Promise<Step> {
  const taken = await takeToSendAnew(tx, companyId, now);
  const [first] = taken;
  if (!first) return 'none';
  const line = await lockLineOf(tx, companyId, first.dispatchId);
  const run = line && (await selectRun(tx, companyId, line.runId));
  if (!run) {
    await sendAloneAnew(tx, needs.submit, taken, now);
    return 'done';
  }
  const isReleased = taken.some((message) => message.overrideReason !== null);
  const gone = new Set(line.leftOut.map((one) => one.documentId));
  const documentIds = line.documentIds.filter((id) => !gone.has(id));
  const [found] = await stillOpen(tx, run, [{ documentIds }], now, isReleased);
  const open = {
    documentIds: [],
    stopped: null,
    ...found,
    leftOut: [...line.leftOut, ...(found?.leftOut ?? [])],
  };
  if (open.documentIds.length === 0) {
    await nothingLeft(tx, { line, taken, open }, now);
    return 'done';
  }
  const file = fileNeeded(run, line, open.documentIds);
  if (file) return file;
  await send(tx, needs, { run, line, taken, open }, now);
  return 'done';
}

interface Looked {
  readonly line: RunLine;
  readonly taken: readonly Message[];
  readonly open: StillOpen;
}

async function send(tx: LineTx, needs: RunNeeds, looked: Looked & { run: Run }, now: Date): Promise<void> {
  const { run, line, taken, open } = looked;
  const { documentIds, leftOut } = open;
  const request = requestOf(run, { ...line, documentIds }, now);
  const submitted = await sendAnew(tx, needs.submit, { taken, request, leftOut }, now);
  const { id, companyId } = line;
  if (submitted?.ok)
    await updateLines(tx, [
      { id, companyId, state: 'sent', problems: [], leftOut, dispatchId: submitted.dispatch.id, doneAt: now },
    ]);
  else if (submitted) {
    const problems: readonly LineProblem[] =
      submitted.reason === 'invalid'
        ? submitted.problems
        : [{ path: 'documentId', reason: 'document_missing' }];
    await updateLines(tx, [{ id, companyId, state: 'refused', problems, leftOut }]);
  }
}

/** By now none of the documents is to go out: the mails stay canceled with the reason, or wait for the person who can release them. */
async function nothingLeft(tx: LineTx, { line, taken, open }: Looked, now: Date): Promise<void> {
  const { id, companyId, leftOut: before } = line;
  const end = endOf({ ...open, leftOut: open.leftOut.slice(before.length) });
  await endSendAnew(tx, companyId, taken, end, now);
  if (end.kind === 'held') return;
  const problems: readonly LineProblem[] = [{ path: 'documentId', reason: 'stopped', value: end.reason }];
  await updateLines(tx, [{ id, companyId, state: 'skipped', problems, leftOut: open.leftOut }]);
}
