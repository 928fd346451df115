import type { Context } from 'hono';
import { languageName } from '#base/language';
import type { Company } from '#domain/accounts';
import { offeredServices } from '#domain/dispatch';
import { type DocumentKind, getDocuments, getExtraFiles } from '#domain/documents';
import { usualDays } from '#domain/registered';
import {
  getRun,
  type LineProblem,
  type LineText,
  levelFor,
  listLines,
  mayBeUndone,
  type Run,
  type RunLine,
  readProgress,
} from '#domain/runs';
import { listSenders } from '#domain/senders';
import type { Tx } from '#stores/database';
import { documentEnvelopeModel } from '../documents/envelopes.ts';
import { readSendings } from '../documents/sendings.ts';
import type { View } from '../kit/index.ts';
import { paths } from '../kit/index.ts';
import type { WebTables } from '../needs.ts';
import { type LineState, lineStates, type RunLineModel, type RunModel } from '../screens/run-model.ts';
import { zonedField } from '../send/zoned-time.ts';
import type { StaffEnv } from '../staff/env.ts';
import { lineProblem } from './line-problem.ts';
import { warningSentences } from './line-warnings.ts';
import { runTextModels } from './run-texts-model.ts';

const perPage = 100;

/** The page of a run with the lines that the address asks for; null when there is no such run. */
export async function runModel(
  tx: Tx<WebTables>,
  c: Context<StaffEnv>,
  id: string,
  now: Date,
): Promise<RunModel | null> {
  const { view, company } = c.var;
  const run = await getRun(tx, company.id, id);
  if (!run) return null;
  const progress = await readProgress(tx, run, now);
  const shown = lineStates.find((state) => state === c.req.query('lines')) ?? null;
  const after = Number(c.req.query('after') ?? -1);
  const found = await listLines(
    tx,
    { companyId: company.id, runId: id },
    {
      after: Number.isSafeInteger(after) ? Math.max(-1, Math.min(after, 1e6)) : -1,
      limit: perPage + 1,
      ...(shown ? { states: [shown] } : {}),
    },
  );
  const rows = (await lineModels(tx, view, company.id, found.slice(0, perPage))).map((row) => ({
    ...row,
    letter: letterOf(run, row),
  }));
  const last = found.length > perPage ? found[perPage - 1] : undefined;
  return {
    id,
    purpose: run.purpose,
    state: run.state,
    ...progress,
    startedAt: run.startedAt,
    undoSeconds: mayBeUndone(run, now) ? secondsUntil(run.undoUntil, now) : null,
    finishedAt: run.finishedAt,
    by: run.author.name,
    shown,
    rows,
    more: last ? moreOf(id, shown, last.position) : null,
    texts: run.state === 'ready' ? await runTextModels(tx, view, run) : [],
    options: await optionsOf(tx, run, company),
  };
}

function secondsUntil(at: Date | null, now: Date): number {
  return at ? Math.ceil((at.getTime() - now.getTime()) / 1000) : 0;
}

/** Where the letter of a line can be looked at before it goes. */
function letterOf(run: Run, { id, documents, state }: RunLineModel): string | null {
  const open = documents.flatMap((one) => (one.leftOut ? [] : [one.id]));
  return state === 'ready' && levelFor(run, open).letter ? paths.runLetter(run.id, id) : null;
}

function moreOf(id: string, shown: LineState | null, position: number): string {
  const query = new URLSearchParams({ ...(shown ? { lines: shown } : {}), after: String(position) });
  return `${paths.run(id)}?${query}`;
}

export async function lineModels(
  tx: Tx<WebTables>,
  view: View,
  companyId: string,
  lines: readonly RunLine[],
): Promise<RunLineModel[]> {
  const ids = lines.flatMap((line) => line.documentIds);
  const documents = new Map((await getDocuments(tx, companyId, ids)).map((one) => [one.id, one]));
  const sent = lines.filter((line) => line.state === 'sent').flatMap((line) => firstOf(line));
  const sendings = await readSendings(tx, companyId, sent);
  return lines.map((line) => {
    const first = firstOf(line);
    const draft = line.draft;
    return {
      id: line.id,
      documents: line.documentIds.map((id) => ({
        ...{ id, number: documents.get(id)?.number ?? null },
        leftOut: leftOutWords(view, line, id),
        apart: apartWords(view, line, id),
      })),
      customer: line.customerName,
      to: draft?.to ?? [],
      sender: draft?.senderAddress ?? null,
      because: draft ? becauseOf(view, draft, documents.get(first)?.kind) : null,
      channels: draft?.channels ?? ['email'],
      company: draft?.company ?? null,
      language: draft ? languageName(draft.language as never, view.language) : null,
      subject: draft?.subject || null,
      text: draft?.text ? textModel(view, draft.text) : null,
      attachments: draft?.attachments ?? 0,
      joined: joinedCount(line),
      state: line.state,
      problems: line.problems
        .filter((one) => !saidOfDocuments(line, one))
        .map((problem) => lineProblem(view, problem, documents.get(first) ?? null)),
      warnings: warningSentences(view, line),
      envelope: line.state === 'sent' ? documentEnvelopeModel(view, sendings, first) : null,
    };
  });
}

/** The first document that goes out: the line's envelope is that of its mail. */
function firstOf({ documentIds, leftOut }: RunLine): string {
  const isOut = (id: string): boolean => leftOut.some((one) => one.documentId === id);
  return documentIds.find((id) => !isOut(id)) ?? documentIds[0] ?? '';
}

/** Why a document of several does not go out with the others; of a line with one the result says it. */
function leftOutWords({ t }: View, { documentIds, leftOut }: RunLine, id: string): string | null {
  const reason = documentIds.length > 1 ? leftOut.find((one) => one.documentId === id)?.reason : undefined;
  const key = `reminders.why.${reason}`;
  return reason ? (t.has(key) ? t(key) : reason) : null;
}

/** Why a document stays a file of its own while the others are joined. */
function apartWords({ t }: View, { choice: { joined } }: RunLine, id: string): string | null {
  const reason = joined?.apart.find((one) => one.documentId === id)?.reason;
  return reason ? t(`runs.apart.${reason}`) : null;
}

function joinedCount({ choice: { joined } }: RunLine): number {
  return joined?.fileId ? joined.documentIds.length - joined.apart.length : 0;
}

/** A line of which every document says why it stays needs no reason of its own. */
function saidOfDocuments({ documentIds, leftOut }: RunLine, { reason, value }: LineProblem): boolean {
  if (value === 'reminded_lately') return false;
  return reason === 'stopped' && documentIds.length > 1 && leftOut.length === documentIds.length;
}

function textModel({ t }: View, text: LineText): NonNullable<RunLineModel['text']> {
  if (text.from === 'template') return { words: text.name, href: paths.template(text.id) };
  return { words: t(`runs.text.${text.from}`), href: null };
}

/** From which rule the sender follows. */
function becauseOf(
  view: View,
  draft: NonNullable<RunLine['draft']>,
  documentKind: DocumentKind | undefined,
): string | null {
  const key = `send.reason.${draft.senderReason}`;
  return view.t.has(key)
    ? view.t(key, {
        who: view.user?.name ?? '',
        kind: view.t(`kind.${documentKind ?? 'other'}`),
        address: draft.senderAddress ?? '',
      })
    : null;
}

async function optionsOf(tx: Tx<WebTables>, run: Run, company: Company): Promise<RunModel['options']> {
  const { options, grouping } = run;
  const senders = (await listSenders(tx, run.companyId)).filter((one) => one.state !== 'broken');
  return {
    grouping,
    senderId: options.senderId ?? '',
    senders: senders.map((one) => ({ value: one.id, text: one.address })),
    services: await offeredServices(tx, company),
    service: options.service ?? 'standard',
    serviceDays: options.serviceDays ?? usualDays,
    channel: options.channels?.length === 1 ? (options.channels[0] ?? '') : '',
    joinPdfs: options.joinPdfs ?? '',
    letter: run.purpose === 'reminder' ? (options.letter ?? false) : null,
    ownLetter: (await getExtraFiles(tx, run.companyId, options.fileIds ?? []))[0]?.fileName ?? null,
    hideSender: options.hideSender ?? company.hideSender,
    attach: options.attach === undefined ? '' : options.attach ? 'yes' : 'no',
    sendAt: options.sendAt ? zonedField(new Date(options.sendAt), company.timeZone) : '',
    officeHours: options.officeHours ?? false,
    perMinute: options.perMinute ? String(options.perMinute) : '',
    again: options.again ?? false,
  };
}
