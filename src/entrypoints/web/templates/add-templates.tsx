import type { Context } from 'hono';
import { languageName, languages } from '#base/language';
import { letterParts } from '#domain/dispatch';
import { listSenders } from '#domain/senders';
import {
  builtInText,
  deleteTemplate,
  type GivenTemplate,
  getTemplate,
  letterHtml,
  listTemplates,
  resetTemplate,
  saveTemplate,
  stuckTies,
  type TextName,
  textKinds,
  withLinks,
} from '#domain/templates';
import { inCompany, inPassing } from '#stores/database';
import { paths } from '../kit/index.ts';
import type { WebNeeds } from '../needs.ts';
import { TemplateScreen } from '../screens/template.tsx';
import type { TemplatesModel } from '../screens/template-model.ts';
import { TemplateParts } from '../screens/template-preview.tsx';
import { TemplatesScreen } from '../screens/templates.tsx';

import { framedPolicy, setFramed } from '../send/framed.ts';
import { sendingOf } from '../send/sending-of.ts';
import type { StaffApp, StaffEnv } from '../staff/env.ts';
import { answerProblem, fragment, page, seeOther } from '../staff/page.tsx';
import { readForm } from '../staff/read-form.ts';
import { fieldErrors } from '../staff/wording.ts';
import { readName, readTemplate } from './template-form.ts';
import { type Editing, templateView } from './template-view.ts';
import { textOfSend } from './text-of-send.ts';

type C = Context<StaffEnv>;

/** The texts of mails: listed, written with a real document beside them, put back. */
export function addTemplates(app: StaffApp, needs: WebNeeds): void {
  app.get(paths.settingsTemplates, (c) => list(needs, c));
  app.get(paths.newTemplate, (c) => openNew(needs, c));
  app.post(paths.templatePreview, (c) => preview(needs, c));
  app.post(paths.templateFromSend, (c) => fromSend(needs, c));
  app.post(paths.settingsTemplates, (c) => save(needs, c, null));
  app.get('/settings/templates/:id', (c) => open(needs, c, c.req.param('id')));
  app.post('/settings/templates/:id', (c) => save(needs, c, c.req.param('id')));
  app.post('/settings/templates/:id/reset', (c) => reset(needs, c, c.req.param('id')));
  app.post('/settings/templates/:id/delete', (c) => remove(needs, c, c.req.param('id')));
}

async function list(needs: WebNeeds, c: C): Promise<Response> {
  const { view, company } = c.var;
  const { kind, purpose } = readName((name) => c.req.query(name) ?? '', company.language);
  const { own, senders, stuck } = await inCompany(needs.database, company.id, async (tx) => ({
    own: await listTemplates(tx, company.id),
    senders: await listSenders(tx, company.id),
    stuck: await stuckTies(tx, company.id),
  }));
  const addressOf = (id: string | null): string | null =>
    senders.find((one) => one.id === id)?.address ?? null;
  const ordered = [company.language, ...languages.filter((one) => one !== company.language)];
  const model: TemplatesModel = {
    kind,
    purpose,
    kinds: textKinds,
    rows: ordered.map((language) => {
      const ofCell = own.filter(
        (one) => one.kind === kind && one.purpose === purpose && one.language === language,
      );
      return {
        language: languageName(language, view.language),
        own: ofCell.map((one) => ({
          ...one,
          sender: addressOf(one.senderId),
          stuck: stuck.get(one.senderId ?? '') ?? null,
        })),
        builtIn: {
          subject: builtInText({ kind, purpose, language }).subject,
          isDefault: !ofCell.some((one) => one.isDefault),
        },
        newHref: `${paths.newTemplate}?kind=${kind}&purpose=${purpose}&language=${language}`,
      };
    }),
  };
  return page(c, <TemplatesScreen view={view} model={model} />);
}

async function show(needs: WebNeeds, c: C, editing: Editing, status: 200 | 422 = 200): Promise<Response> {
  const { company, view } = c.var;
  const { model } = await inCompany(needs.database, company.id, (tx) =>
    templateView(tx, sendingOf(needs, c), editing, needs.portalUrl),
  );
  return page(c, <TemplateScreen view={view} model={model} />, status);
}

/** A new text begins with the built-in one. */
function openNew(needs: WebNeeds, c: C): Promise<Response> {
  const name = readName((one) => c.req.query(one) ?? '', c.var.company.language);
  return show(needs, c, { id: null, given: newText(name), exampleId: '' });
}

function newText(name: TextName): GivenTemplate {
  return { ...name, ...builtInText(name), name: '', senderId: null, isDefault: true };
}

async function open(needs: WebNeeds, c: C, id: string): Promise<Response> {
  const { company } = c.var;
  const template = await inCompany(needs.database, company.id, (tx) => getTemplate(tx, company.id, id));
  if (!template) return answerProblem(c, 'not_found');
  return show(needs, c, { id, given: template, exampleId: c.req.query('example') ?? '' });
}

async function save(needs: WebNeeds, c: C, id: string | null): Promise<Response> {
  const { view, company } = c.var;
  const form = await readForm(c);
  const given = readTemplate(form, company.language);
  const saved = await inCompany(needs.database, company.id, (tx) =>
    saveTemplate(tx, { companyId: company.id, id }, given, needs.clock()),
  );
  if (saved.ok) return backToCell(needs, c, saved.template, view.t('kit.saved'));
  if (saved.reason === 'unknown_template') return answerProblem(c, 'not_found');
  const errors = fieldErrors(view, saved.problems);
  return show(needs, c, { id, given, exampleId: form.text('example'), errors }, 422);
}

async function reset(needs: WebNeeds, c: C, id: string): Promise<Response> {
  const { view, company } = c.var;
  const done = await inCompany(needs.database, company.id, (tx) =>
    resetTemplate(tx, company.id, id, needs.clock()),
  );
  if (!done.ok) return answerProblem(c, 'not_found');
  return seeOther(needs, c, paths.template(id), { state: 'opened', text: view.t('kit.saved') });
}

async function remove(needs: WebNeeds, c: C, id: string): Promise<Response> {
  const { view, company } = c.var;
  const template = await inCompany(needs.database, company.id, async (tx) => {
    const found = await getTemplate(tx, company.id, id);
    return found && (await deleteTemplate(tx, company.id, id)) ? found : null;
  });
  if (!template) return answerProblem(c, 'not_found');
  return backToCell(needs, c, template, view.t('templates.deleted'));
}

function backToCell(needs: WebNeeds, c: C, { kind, purpose }: TextName, text: string): Response {
  return seeOther(needs, c, `${paths.settingsTemplates}?kind=${kind}&purpose=${purpose}`, {
    state: 'opened',
    text,
  });
}

/** The parts that follow the form, or the whole letter as mail programs show it. */
async function preview(needs: WebNeeds, c: C): Promise<Response> {
  const { view, company } = c.var;
  const form = await readForm(c);
  const editing = {
    id: null,
    given: readTemplate(form, company.language),
    exampleId: form.text('example'),
  };
  const { model, draft } = await inCompany(needs.database, company.id, (tx) =>
    templateView(tx, sendingOf(needs, c), editing, needs.portalUrl),
  );
  if (form.text('as') === 'parts') return fragment(c, <TemplateParts view={view} model={model} />);
  setFramed(c, framedPolicy.mail(needs.portalUrl));
  if (!draft) return c.html(`<p>${view.t('templates.example.none')}</p>`);
  const nowhere = { page: `${needs.portalUrl}/d/…`, pixel: 'data:,', withdraw: '#', mode: draft.tracking };
  return c.html(withLinks(letterHtml(letterParts(draft, needs.portalUrl, needs.clock())), nowhere));
}

/** The text of the send window, with the document's values turned back into variables: to be looked at and kept. */
async function fromSend(needs: WebNeeds, c: C): Promise<Response> {
  const form = await readForm(c);
  const { company } = c.var;
  const editing = await inPassing(needs.database, company.id, (tx) =>
    textOfSend(tx, sendingOf(needs, c), form),
  );
  return editing ? show(needs, c, editing) : answerProblem(c, 'not_found');
}
