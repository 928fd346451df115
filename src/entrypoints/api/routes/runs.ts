import { z } from '@hono/zod-openapi';
import { catchUp, listDocuments, type Place } from '#domain/overview';
import {
  type Created,
  createRun,
  decideRun,
  getRun,
  lineStates,
  listLines,
  listRuns,
  type RunDeed,
  readProgress,
} from '#domain/runs';
import { type Answer, json, refuse, refuseFields } from '../answer.ts';
import { authorOf } from '../author.ts';
import { type ApiTx, type Call, inOwnCompany } from '../call.ts';
import { once } from '../once.ts';
import type { FieldError } from '../problems.ts';
import { defineRoute, type Route } from '../route.ts';
import { listOf, loosePage, page, toPage } from '../shapes/common.ts';
import { newRun, type RunJson, runLineShape, runShape, showLine, showRun } from '../shapes/run.ts';

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
    const { documentIds, filter, purpose, grouping, start, ...options } = call.body;
    const chosen = documentIds ?? (await matching(call, filter ?? {}));
    return once(call, async (tx) => {
      const created = await createRun(
        tx,
        {
          companyId: call.companyId,
          author: await authorOf(tx, call),
          origin: 'api',
          ...{ purpose, grouping, documentIds: chosen, startsItself: start },
          options: {
            ...options,
            ...(purpose === 'reminder' ? { condition: { unpaid: true, bankDays: null } } : {}),
          },
        },
        call.now,
      );
      if (created.ok) return show(tx, call, created.run.id, 202);
      return refuseFields([whyNone(created.reason, filter ? 'filter' : 'documentIds')]);
    });
  },
});

function whyNone(reason: CreateRefusal, path: 'documentIds' | 'filter'): FieldError {
  const message = {
    no_documents: path === 'filter' ? 'No document fits.' : 'There are no such documents.',
    too_many_documents:
      path === 'filter'
        ? 'More documents fit than the 50,000 that a run takes. Narrow it, by days for example.'
        : 'A run takes 50,000 documents at most.',
  }[reason];
  return { path, message };
}

type CreateRefusal = Extract<Created, { ok: false }>['reason'];
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
  handle: (call) => inOwnCompany(call, (tx) => show(tx, call, call.id)),
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

const deeds: readonly (readonly [deed: RunDeed, summary: string])[] = [
  ['start', 'Send what is ready'],
  ['undo', 'Take a start back while nothing has left'],
  ['pause', 'Let the rest wait'],
  ['resume', 'Go on with a paused run'],
  ['cancel', 'End a run; what was sent stays sent'],
];

const decisions = deeds.map(([deed, summary]) =>
  defineRoute({
    method: 'post',
    path: `/runs/{id}/${deed}`,
    operationId: `${deed}Run`,
    tag,
    summary,
    id: 'run',
    right: 'send',
    success: { kind: 'json', statuses: [200], schema: runShape },
    refusals: ['wrong_state', ...(deed === 'undo' ? (['too_late'] as const) : [])],
    handle: (call) =>
      once(call, async (tx) => {
        const author = await authorOf(tx, call);
        const done = await decideRun(
          tx,
          { companyId: call.companyId, runId: call.id, author },
          deed,
          call.now,
        );
        return done.ok ? show(tx, call, call.id) : refuse(done.reason);
      }),
  }),
);

async function show(tx: ApiTx, call: Call, id: string, status: 200 | 202 = 200): Promise<Answer<RunJson>> {
  const run = await getRun(tx, call.companyId, id);
  return run ? json(showRun(run, await readProgress(tx, run, call.now)), status) : refuse('not_found');
}

export const runRoutes: readonly Route[] = [create, list, get, lines, ...decisions];
