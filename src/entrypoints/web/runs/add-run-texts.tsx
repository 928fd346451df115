import type { Context } from 'hono';
import { isId } from '#base/ids';
import { isLanguage } from '#base/language';
import { type CellText, cellFor } from '#domain/dispatch';
import { changeRun, getRun, listCells, type Run, type RunChanged, textOfRun } from '#domain/runs';
import { type GivenTemplate, type TextTemplate, textKinds } from '#domain/templates';
import { inCompany, type Tx } from '#stores/database';
import { type Errors, paths } from '../kit/index.ts';
import type { WebNeeds, WebTables } from '../needs.ts';
import { TemplateScreen } from '../screens/template.tsx';
import { sendingOf } from '../send/sending-of.ts';
import type { StaffApp, StaffEnv } from '../staff/env.ts';
import { answerProblem, page, seeOther } from '../staff/page.tsx';
import { readForm } from '../staff/read-form.ts';
import { fieldErrors } from '../staff/wording.ts';
import { readTemplate } from '../templates/template-form.ts';
import { templateView } from '../templates/template-view.ts';
import { builtIn } from './run-texts-model.ts';

type C = Context<StaffEnv>;
type Cell = Pick<CellText, 'kind' | 'language'>;

/** The texts of a run that has not started: another template by kind and language, or words for this run only. */
export function addRunTexts(app: StaffApp, needs: WebNeeds): void {
  app.post('/runs/:id/texts', (c) => choose(needs, c));
  app.get('/runs/:id/texts/:kind/:language', (c) => open(needs, c));
  app.post('/runs/:id/texts/:kind/:language', (c) => save(needs, c));
}

/** The templates as they were ticked; words of its own stay where the template stays. */
async function choose(needs: WebNeeds, c: C): Promise<Response> {
  const form = await readForm(c);
  const changed = await changeCells(needs, c, async (tx, run) => {
    const needed = await listCells(tx, { companyId: run.companyId, runId: run.id });
    const others = (run.options.cells ?? []).filter((one) => !needed.some((cell) => isSame(cell, one)));
    const chosen = needed.flatMap((cell): CellText[] => {
      const before = cellFor(run.options.cells, cell);
      const name = `template-${cell.kind}-${cell.language}`;
      if (!form.has(name)) return before ? [before] : [];
      const templateId = templateOf(form.text(name));
      const { kind, language } = cell;
      if (before?.text && before.templateId === templateId) return [before];
      return templateId === undefined ? [] : [{ kind, language, templateId }];
    });
    return [...others, ...chosen];
  });
  return answerOf(needs, c, changed);
}

function templateOf(value: string): string | null | undefined {
  if (value === builtIn) return null;
  return isId('template', value) ? value : undefined;
}

function isSame(a: Cell, b: Cell): boolean {
  return a.kind === b.kind && a.language === b.language;
}

async function open(needs: WebNeeds, c: C): Promise<Response> {
  const cell = readCell(c);
  const found = cell && (await find(needs, c, cell));
  if (!cell || !found) return answerProblem(c, 'not_found');
  const { run, documentIds } = found;
  const text = await inCompany(needs.database, run.companyId, (tx) => textOfRun(tx, run, cell, documentIds));
  return show(needs, c, { run, cell, documentIds, text });
}

/** Words for this run only; `reset` takes them away again. */
async function save(needs: WebNeeds, c: C): Promise<Response> {
  const cell = readCell(c);
  const found = cell && (await find(needs, c, cell));
  if (!cell || !found) return answerProblem(c, 'not_found');
  const form = await readForm(c);
  const { subject, html } = readTemplate(form, cell.language);
  const words = form.text('do') === 'reset' ? null : { subject, html };
  const changed = await changeCells(needs, c, async (tx, run) => {
    const others = (run.options.cells ?? []).filter((one) => !isSame(one, cell));
    const before = cellFor(run.options.cells, cell);
    if (!words)
      return before?.templateId === undefined
        ? others
        : [...others, { ...cell, templateId: before.templateId }];
    // Words that were changed from a template go out from its sender.
    const { templateId } = before ?? (await textOfRun(tx, run, cell, found.documentIds));
    return [...others, { ...cell, ...(templateId === undefined ? {} : { templateId }), text: words }];
  });
  if (changed.ok || changed.reason !== 'invalid' || !words) return answerOf(needs, c, changed);
  const problems = changed.problems.map((one) => ({ ...one, path: one.path.replace(/^texts\.\d+\./, '') }));
  return show(needs, c, { ...found, cell, text: words, errors: fieldErrors(c.var.view, problems) }, 422);
}

/** Changes the texts of the run that the address names; refuses as the domain does. */
function changeCells(
  needs: WebNeeds,
  c: C,
  cellsOf: (tx: Tx<WebTables>, run: Run) => Promise<CellText[]>,
): Promise<RunChanged> {
  const { company } = c.var;
  const which = { companyId: company.id, runId: c.req.param('id') ?? '' };
  return inCompany(needs.database, company.id, async (tx): Promise<RunChanged> => {
    const run = isId('run', which.runId) ? await getRun(tx, company.id, which.runId) : null;
    if (!run) return { ok: false, reason: 'not_found' };
    const cells = await cellsOf(tx, run);
    const options = { ...run.options, cells: cells.length > 0 ? cells : undefined };
    return changeRun(tx, which, { grouping: run.grouping, options }, needs.clock());
  });
}

async function answerOf(needs: WebNeeds, c: C, changed: RunChanged): Promise<Response> {
  const runId = c.req.param('id') ?? '';
  if (changed.ok) return seeOther(needs, c, paths.run(runId));
  if (changed.reason === 'not_found') return answerProblem(c, 'not_found');
  const word = changed.reason === 'invalid' ? 'invalid' : 'wrong_state';
  return seeOther(needs, c, paths.run(runId), {
    state: 'failed',
    text: c.var.view.t(`runs.refused.${word}`),
  });
}

function readCell(c: C): Cell | null {
  const kind = textKinds.find((one) => one === c.req.param('kind'));
  const language = c.req.param('language') ?? '';
  return kind && isLanguage(language) ? { kind, language } : null;
}

/** The run of the address, and documents of the first mail that has such a text; null where it has none. */
async function find(needs: WebNeeds, c: C, cell: Cell) {
  const { company } = c.var;
  const runId = c.req.param('id') ?? '';
  if (!isId('run', runId)) return null;
  return inCompany(needs.database, company.id, async (tx) => {
    const run = await getRun(tx, company.id, runId);
    const cells = run ? await listCells(tx, { companyId: company.id, runId }) : [];
    const needed = cells.find((one) => isSame(one, cell));
    return run && needed ? { run, documentIds: needed.documentIds } : null;
  });
}

interface Shown {
  readonly run: Run;
  readonly cell: Cell;
  readonly documentIds: readonly string[];
  readonly text: TextTemplate;
  readonly errors?: Errors;
}

async function show(
  needs: WebNeeds,
  c: C,
  { run, cell, documentIds, text, errors = {} }: Shown,
  status: 200 | 422 = 200,
): Promise<Response> {
  const { view } = c.var;
  const { t } = view;
  const { subject, html } = text;
  const action = paths.runText(run.id, cell.kind, cell.language);
  const isChanged = cellFor(run.options.cells, cell)?.text !== undefined;
  const apart = {
    ...{ action, back: paths.run(run.id) },
    title: t('runs.title'),
    note: t('runs.texts.only'),
    save: t('runs.texts.save'),
    reset: isChanged ? { action, text: t('runs.texts.reset') } : null,
  };
  const given: GivenTemplate = {
    ...{ kind: cell.kind, language: cell.language, purpose: run.purpose },
    ...{ subject, html, name: '', senderId: null, isDefault: false },
  };
  const editing = { id: null, given, exampleId: '', exampleIds: documentIds, apart, errors };
  const { model } = await inCompany(needs.database, run.companyId, (tx) =>
    templateView(tx, sendingOf(needs, c), editing, needs.portalUrl),
  );
  return page(c, <TemplateScreen view={view} model={model} />, status);
}
