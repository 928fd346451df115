import { z } from '@hono/zod-openapi';
import { getCompany } from '#domain/accounts';
import { catchUp, listDocuments, type Place } from '#domain/overview';
import { type ReminderSelection, selectReminders } from '#domain/reminders';
import {
  type Created,
  changeRun,
  createRun,
  getRun,
  lineStates,
  listLines,
  listRuns,
  readProgress,
} from '#domain/runs';
import { type Answer, json, refuse, refuseFields } from '../answer.ts';
import { authorOf } from '../author.ts';
import { type ApiTx, type Call, inOwnCompany } from '../call.ts';
import { fieldErrors } from '../field-words.ts';
import { once, orNothing } from '../once.ts';
import type { FieldError } from '../problems.ts';
import { defineRoute, type Route } from '../route.ts';
import { listOf, loosePage, page, toPage } from '../shapes/common.ts';
import { newRun, type RunJson, runEdit, runLineShape, runShape, showLine, showRun } from '../shapes/run.ts';
import { changedOptions, optionsFrom } from '../shapes/run-options.ts';

const tag = 'Runs';

const create = defineRoute({
  method: 'post',
  path: '/runs',
  operationId: 'createRun',
  tag,
  summary: 'Send many documents in one go',
  description:
    'Makes the dry run: each line says who would get what from whom, and what is missing. Nothing leaves before it is started, or with `start` as soon as everything was looked at. A document is never sent twice, also when two runs hold it.',
  right: 'send',
  body: { json: newRun },
  success: { kind: 'json', statuses: [202], schema: runShape },
  handle: async (call) => {
    const { documentIds, filter, reminders, purpose: asked, grouping, start, ...options } = call.body;
    const chosen = documentIds ?? (filter ? await matching(call, filter) : null);
    const purpose = reminders ? 'reminder' : asked;
    return once(call, async (tx) => {
      const ids = chosen ?? (await reminding(tx, call, reminders ?? {}));
      const created = await createRun(
        tx,
        {
          companyId: call.companyId,
          author: await authorOf(tx, call),
          origin: 'api',
          ...{ purpose, grouping, documentIds: ids, startsItself: start },
          options: {
            ...optionsFrom(options),
            ...(purpose === 'reminder' ? { condition: { unpaid: true, bankDays: null } } : {}),
          },
        },
        call.now,
      );
      if (created.ok) return showRunNow(tx, call, created.run.id, 202);
      if (created.reason === 'invalid') return refuseFields(fieldErrors(created.problems));
      return refuseFields([
        whyNone(created.reason, documentIds ? 'documentIds' : filter ? 'filter' : 'reminders'),
      ]);
    });
  },
});

function whyNone(reason: CreateRefusal, path: 'documentIds' | 'filter' | 'reminders'): FieldError {
  const message = {
    no_documents: path === 'documentIds' ? 'There are no such documents.' : 'No document fits.',
    too_many_documents:
      path === 'documentIds'
        ? 'A run takes 50,000 documents at most.'
        : 'More documents fit than the 50,000 that a run takes. Narrow it, by days for example.',
  }[reason];
  return { path, message };
}

type CreateRefusal = Exclude<Extract<Created, { ok: false }>['reason'], 'invalid'>;
type Filter = NonNullable<z.output<typeof newRun>['filter']>;

async function matching(call: Call, { envelope, ...filter }: Filter): Promise<string[]> {
  const { database } = call.needs;
  await catchUp(database);
  const ids: string[] = [];
  for (let before: Place | null = null; ids.length <= 50_000; ) {
    const found: Awaited<ReturnType<typeof listDocuments>> = await listDocuments(
      database,
      call.companyId,
      { ...filter, envelopes: envelope },
      { before, limit: 1000 },
    );
    ids.push(...found.map((row) => row.document_id));
    const last = found.at(-1);
    if (!last || found.length < 1000) break;
    before = { createdAt: last.created_at, id: last.document_id };
  }
  return ids.reverse();
}

/** What is to be reminded of, by the rules that send. */
async function reminding(tx: ApiTx, call: Call, selection: ReminderSelection): Promise<string[]> {
  const company = await getCompany(tx, call.companyId);
  const found = company ? await selectReminders(tx, company, { state: 'due', ...selection }, call.now) : [];
  return found.map((one) => one.document.id);
}

const list = defineRoute({
  method: 'get',
  path: '/runs',
  operationId: 'listRuns',
  tag,
  summary: 'List runs, newest first',
  right: 'read',
  query: page,
  success: { kind: 'json', statuses: [200], schema: listOf(runShape) },
  handle: (call) =>
    inOwnCompany(call, async (tx) => {
      const { limit, cursor } = call.query;
      const found = await listRuns(tx, call.companyId, { before: cursor ?? null, limit: limit + 1 });
      const items: RunJson[] = [];
      for (const run of found.slice(0, limit))
        items.push(showRun(run, await readProgress(tx, run, call.now)));
      return json(toPage(found, limit, (run) => run, items));
    }),
});

const get = defineRoute({
  method: 'get',
  path: '/runs/{id}',
  operationId: 'getRun',
  tag,
  summary: 'Show how far a run is',
  id: 'run',
  right: 'read',
  success: { kind: 'json', statuses: [200], schema: runShape },
  handle: (call) => inOwnCompany(call, (tx) => showRunNow(tx, call, call.id)),
});

const lines = defineRoute({
  method: 'get',
  path: '/runs/{id}/lines',
  operationId: 'listRunLines',
  tag,
  summary: 'List the lines of a run in their order',
  id: 'run',
  right: 'read',
  query: z.strictObject({ ...loosePage, state: z.enum(lineStates).optional() }),
  success: { kind: 'json', statuses: [200], schema: listOf(runLineShape) },
  handle: (call) =>
    inOwnCompany(call, async (tx) => {
      const { limit, cursor, state } = call.query;
      const after = cursor === undefined ? -1 : Number(cursor);
      if (!Number.isSafeInteger(after) || after < -1 || after > 1e6)
        return refuseFields([{ path: 'cursor', message: 'This is no cursor of an earlier page.' }]);
      if (!(await getRun(tx, call.companyId, call.id))) return refuse('not_found');
      const states = state ? { states: [state] } : {};
      const which = { companyId: call.companyId, runId: call.id };
      const found = await listLines(tx, which, { after, limit: limit + 1, ...states });
      const last = found.length > limit ? found[limit - 1] : undefined;
      return json({
        items: found.slice(0, limit).map(showLine),
        nextCursor: last ? String(last.position) : null,
      });
    }),
});

const change = defineRoute({
  method: 'patch',
  path: '/runs/{id}',
  operationId: 'changeRun',
  tag,
  summary: 'Change how a run sends, before it is started',
  description: 'What is absent stays; null takes a choice away. Everything is looked at again.',
  id: 'run',
  right: 'send',
  body: { json: runEdit },
  success: { kind: 'json', statuses: [200], schema: runShape },
  refusals: ['too_late'],
  handle: (call) =>
    orNothing(call, async (tx) => {
      const run = await getRun(tx, call.companyId, call.id);
      if (!run) return refuse('not_found');
      const { grouping = run.grouping, ...edit } = call.body;
      const options = changedOptions(run.options, edit);
      const which = { companyId: call.companyId, runId: run.id };
      const changed = await changeRun(tx, which, { grouping, options }, call.now);
      if (changed.ok) return showRunNow(tx, call, run.id);
      return changed.reason === 'invalid'
        ? refuseFields(fieldErrors(changed.problems))
        : refuse(changed.reason);
    }),
});

/** The run as it is now. */
export async function showRunNow(
  tx: ApiTx,
  call: Call,
  id: string,
  status: 200 | 202 = 200,
): Promise<Answer<RunJson>> {
  const run = await getRun(tx, call.companyId, id);
  return run ? json(showRun(run, await readProgress(tx, run, call.now)), status) : refuse('not_found');
}

export const runRoutes: readonly Route[] = [create, list, get, change, lines];
