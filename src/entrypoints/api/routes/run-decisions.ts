import { decideLine, decideRun, getLine, type LineDeed, type RunDeed } from '#domain/runs';
import { json, refuse } from '../answer.ts';
import { authorOf } from '../author.ts';
import { once } from '../once.ts';
import { defineRoute, type Route } from '../route.ts';
import { runLineShape, runShape, showLine } from '../shapes/run.ts';
import { showRunNow } from './runs.ts';

const tag = 'Runs';

const lineDeeds: readonly (readonly [deed: LineDeed, path: string, operationId: string, summary: string])[] =
  [
    ['leave_out', 'leave-out', 'leaveOutRunLine', 'Leave a line out of its run'],
    ['send_again', 'send-again', 'sendRunLineAgain', 'Let a line go out that was left out'],
  ];

const lineDecisions = lineDeeds.map(([deed, path, operationId, summary]) =>
  defineRoute({
    method: 'post',
    path: `/run-lines/{id}/${path}`,
    operationId,
    tag,
    summary,
    id: 'runLine',
    right: 'send',
    success: { kind: 'json', statuses: [200], schema: runLineShape },
    refusals: ['wrong_state'],
    handle: (call) =>
      once(call, async (tx) => {
        const { companyId } = call;
        const before = await getLine(tx, { companyId }, call.id);
        if (!before) return refuse('not_found');
        const which = { companyId, runId: before.runId, lineId: call.id };
        const done = await decideLine(tx, which, deed);
        if (!done.ok) return refuse(done.reason);
        const line = await getLine(tx, { companyId }, call.id);
        return line ? json(showLine(line)) : refuse('not_found');
      }),
  }),
);

const check = defineRoute({
  method: 'post',
  path: '/runs/{id}/check',
  operationId: 'checkRun',
  tag,
  summary: 'Look again at the lines of which something was missing',
  id: 'run',
  right: 'send',
  success: { kind: 'json', statuses: [200], schema: runShape },
  refusals: ['wrong_state'],
  handle: (call) =>
    once(call, async (tx) => {
      const done = await decideLine(tx, { companyId: call.companyId, runId: call.id, lineId: null }, 'check');
      return done.ok ? showRunNow(tx, call, call.id) : refuse(done.reason);
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
        return done.ok ? showRunNow(tx, call, call.id) : refuse(done.reason);
      }),
  }),
);

export const runDecisionRoutes: readonly Route[] = [check, ...lineDecisions, ...decisions];
