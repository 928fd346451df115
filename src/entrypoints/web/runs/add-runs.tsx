import type { Context } from 'hono';
import { isId } from '#base/ids';
import { createRun, decideLine, decideRun, listRuns, type RunDeed, readProgress } from '#domain/runs';
import { inCompany } from '#stores/database';
import { authorOf } from '../documents/author.ts';
import { pagerLinks, readTrail } from '../documents/paging.ts';
import { type FlashModel, paths, type View } from '../kit/index.ts';
import type { WebNeeds } from '../needs.ts';
import { matchingReminders } from '../reminders/reminders-model.ts';
import { RunScreen } from '../screens/run.tsx';
import { RunsScreen } from '../screens/runs.tsx';
import type { StaffApp, StaffEnv } from '../staff/env.ts';
import { answerProblem, page, seeOther } from '../staff/page.tsx';
import { readForm } from '../staff/read-form.ts';
import { addRunTexts } from './add-run-texts.tsx';
import { changeOptions } from './change-options.ts';
import { matchingDocuments } from './matching-documents.ts';
import { runModel } from './run-model.ts';
import { sendLetter } from './send-letter.ts';
import { sendResults } from './send-results.ts';

/** Runs: made of ticked documents or of all that fit a filter, looked at, started, watched. */
export function addRuns(app: StaffApp, needs: WebNeeds): void {
  app.get(paths.runs, (c) => showRuns(needs, c));
  app.post(paths.runs, (c) => create(needs, c, 'first'));
  app.post(paths.runsRemind, (c) => create(needs, c, 'reminder'));
  app.get('/runs/:id', (c) => show(needs, c));
  app.post('/runs/:id/options', (c) => changeOptions(needs, c));
  addRunTexts(app, needs);
  app.post('/runs/:id/do', (c) => decide(needs, c));
  app.post('/runs/:id/lines', (c) => decideLines(needs, c));
  app.get('/runs/:id/lines/:line/letter', (c) => sendLetter(needs, c));
  app.get('/runs/:id/results', (c) => sendResults(needs, c));
}

/** With `?all` in the address the filter that stands there says which documents; else those that are ticked. */
async function create(
  needs: WebNeeds,
  c: Context<StaffEnv>,
  purpose: 'first' | 'reminder',
): Promise<Response> {
  const form = await readForm(c);
  const { company, view } = c.var;
  const documentIds =
    c.req.query('all') === undefined
      ? form.texts('document').filter((id) => isId('document', id))
      : await matching(needs, c, purpose);
  const created = await inCompany(needs.database, company.id, (tx) =>
    createRun(
      tx,
      {
        companyId: company.id,
        author: authorOf(c),
        origin: 'manual',
        purpose,
        grouping: purpose === 'reminder' ? 'customer' : 'document',
        documentIds,
        options: purpose === 'reminder' ? { condition: { unpaid: true, bankDays: null } } : {},
      },
      needs.clock(),
    ),
  );
  if (created.ok) return seeOther(needs, c, paths.run(created.run.id));
  return seeOther(needs, c, purpose === 'reminder' ? paths.reminders : paths.documents, {
    state: 'failed',
    text: view.t(`runs.refused.${created.reason}`),
  });
}

/** What is reminded of is selected among what is due; what is sent, in the list of documents. */
function matching(
  needs: WebNeeds,
  c: Context<StaffEnv>,
  purpose: 'first' | 'reminder',
): Promise<readonly string[]> {
  if (purpose === 'first') return matchingDocuments(needs, c);
  const { company } = c.var;
  return inCompany(needs.database, company.id, (tx) => matchingReminders(tx, c, needs.clock()));
}

async function show(needs: WebNeeds, c: Context<StaffEnv>): Promise<Response> {
  const id = c.req.param('id') ?? '';
  if (!isId('run', id)) return answerProblem(c, 'not_found');
  const model = await inCompany(needs.database, c.var.company.id, (tx) => runModel(tx, c, id, needs.clock()));
  return model ? page(c, <RunScreen view={c.var.view} model={model} />) : answerProblem(c, 'not_found');
}

const perPage = 30;

async function showRuns(needs: WebNeeds, c: Context<StaffEnv>): Promise<Response> {
  const { view, company } = c.var;
  const trail = readTrail(c.req.query('cursor'));
  const model = await inCompany(needs.database, company.id, async (tx) => {
    const found = await listRuns(tx, company.id, { before: trail.at(-1) ?? null, limit: perPage + 1 });
    const shown = found.slice(0, perPage);
    const last = found.length > perPage ? shown.at(-1) : undefined;
    const rows = [];
    for (const run of shown) {
      const { counts, lines } = await readProgress(tx, run, needs.clock());
      const { id, purpose, state, createdAt: at, author } = run;
      const failed = counts.refused + counts.blocked;
      rows.push({ id, purpose, state, at, by: author.name, lines, sent: counts.sent, failed });
    }
    return { rows, ...pagerLinks(view.path, trail, last ?? null) };
  });
  return page(c, <RunsScreen view={view} model={model} />);
}

const deeds = ['start', 'undo', 'pause', 'resume', 'cancel'] as const;

async function decide(needs: WebNeeds, c: Context<StaffEnv>): Promise<Response> {
  const form = await readForm(c);
  const runId = c.req.param('id') ?? '';
  const { company, view } = c.var;
  const deed = deeds.find((one) => one === form.text('do'));
  if (!deed || !isId('run', runId)) return answerProblem(c, 'not_found');
  const which = { companyId: company.id, runId, author: authorOf(c), undoSeconds: company.undoSeconds };
  const done = await inCompany(needs.database, company.id, (tx) => decideRun(tx, which, deed, needs.clock()));
  if (done.ok) return seeOther(needs, c, paths.run(runId), ...saidOf(view, deed));
  if (done.reason === 'not_found') return answerProblem(c, 'not_found');
  return seeOther(needs, c, paths.run(runId), {
    state: 'failed',
    text: view.t(`runs.refused.${done.reason}`),
  });
}

/** What the page does not show by itself: that a start was taken back in time. */
function saidOf({ t }: View, deed: RunDeed): readonly [] | readonly [FlashModel] {
  return deed === 'undo' ? [{ state: 'opened', text: t('runs.undone') }] : [];
}

async function decideLines(needs: WebNeeds, c: Context<StaffEnv>): Promise<Response> {
  const form = await readForm(c);
  const runId = c.req.param('id') ?? '';
  const { company, view } = c.var;
  if (!isId('run', runId)) return answerProblem(c, 'not_found');
  const lineId = form.text('leave') || form.text('again') || null;
  if (lineId !== null && !isId('runLine', lineId)) return answerProblem(c, 'not_found');
  const deed = form.has('leave') ? 'leave_out' : form.has('again') ? 'send_again' : 'check';
  const which = { companyId: company.id, runId, lineId };
  const done = await inCompany(needs.database, company.id, (tx) => decideLine(tx, which, deed));
  if (done.ok) return seeOther(needs, c, paths.run(runId));
  if (done.reason === 'not_found') return answerProblem(c, 'not_found');
  return seeOther(needs, c, paths.run(runId), { state: 'failed', text: view.t('runs.refused.wrong_state') });
}
