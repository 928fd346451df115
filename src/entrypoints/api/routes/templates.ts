import type { z } from '@hono/zod-openapi';
import { languages } from '#base/language';
import { prepareDispatch } from '#domain/dispatch';
import {
  builtInText,
  deleteTemplate,
  htmlFromPlainText,
  listTemplates,
  saveTemplate,
  stuckTies,
  type Template,
  textKinds,
  textPurposes,
} from '#domain/templates';
import { empty, json, refuse, refuseFields } from '../answer.ts';
import { authorOf } from '../author.ts';
import { inOwnCompany } from '../call.ts';
import { fieldErrors } from '../field-words.ts';
import { orNothing } from '../once.ts';
import { defineRoute, type Route } from '../route.ts';
import { listOf } from '../shapes/common.ts';
import {
  showTemplate,
  type TemplateJson,
  templatePut,
  templateQuery,
  templateShape,
  templateTry,
  triedShape,
} from '../shapes/template.ts';

const tag = 'Templates';

const list = defineRoute({
  method: 'get',
  path: '/templates',
  operationId: 'listTemplates',
  tag,
  summary: 'List the texts of mails',
  description: 'By kind, purpose and language; with `builtIn=true` those that come with Envoi too.',
  right: 'read',
  query: templateQuery,
  success: { kind: 'json', statuses: [200], schema: listOf(templateShape) },
  handle: (call) =>
    inOwnCompany(call, async (tx) => {
      const { kind, purpose, language, builtIn = false } = call.query;
      const own = await listTemplates(tx, call.companyId);
      const stuck = await stuckTies(tx, call.companyId);
      const items = [...own.map((one) => showTemplate(one, stuck)), ...(builtIn ? builtIns(own) : [])].filter(
        (one) =>
          (!kind || one.kind === kind) &&
          (!purpose || one.purpose === purpose) &&
          (!language || one.language === language),
      );
      return json({ items, nextCursor: null });
    }),
});

const put = defineRoute({
  method: 'put',
  path: '/templates',
  operationId: 'putTemplate',
  tag,
  summary: 'Keep a text for a kind, purpose and language',
  description:
    'A name that its cell has already is changed, another one is added. Without a name it is the default of the cell. Variables that no mail could fill are refused, and names that only a qualified or state service may bear.',
  right: 'all',
  body: { json: templatePut },
  success: { kind: 'json', statuses: [200], schema: templateShape },
  handle: (call) =>
    orNothing(call, async (tx) => {
      const own = await listTemplates(tx, call.companyId);
      const before = own.find((one) => isMeant(one, call.body)) ?? null;
      const which = { companyId: call.companyId, id: before?.id ?? null };
      const saved = await saveTemplate(tx, which, filledUp(call.body, before, own), call.now);
      if (saved.ok) return json(showTemplate(saved.template, await stuckTies(tx, call.companyId)));
      return saved.reason === 'invalid' ? refuseFields(fieldErrors(saved.problems)) : refuse('not_found');
    }),
});

const remove = defineRoute({
  method: 'delete',
  path: '/templates/{id}',
  operationId: 'deleteTemplate',
  tag,
  summary: 'Forget a text',
  description:
    'Where it was the default, the text that comes with Envoi stands again. What was sent stays as it was.',
  id: 'template',
  right: 'all',
  success: { kind: 'empty' },
  handle: (call) =>
    orNothing(call, async (tx) =>
      (await deleteTemplate(tx, call.companyId, call.id)) ? empty : refuse('not_found'),
    ),
});

const tryOut = defineRoute({
  method: 'post',
  path: '/templates/preview',
  operationId: 'tryTemplate',
  tag,
  summary: 'Fill a text with the facts of a document',
  description: 'Nothing is kept and nothing is sent. Give subject and html, or the id of a template.',
  right: 'send',
  body: { json: templateTry },
  success: { kind: 'json', statuses: [200], schema: triedShape },
  handle: (call) =>
    inOwnCompany(call, async (tx) => {
      const { documentId, subject, html, ...rest } = call.body;
      const author = await authorOf(tx, call);
      const request = {
        ...rest,
        companyId: call.companyId,
        author,
        origin: 'api' as const,
        documentIds: [documentId],
        ...(subject !== undefined && html !== undefined ? { template: { subject, html } } : {}),
      };
      const draft = await prepareDispatch(tx, request, call.now);
      if (!draft) return refuse('not_found');
      const of = (reason: string): string[] =>
        draft.problems.flatMap((one) => (one.reason === reason ? [one.value ?? ''] : []));
      return json({
        subject: draft.subject,
        html: draft.bodyHtml,
        missing: of('variable_missing'),
        problem: of('template_unreadable')[0] ?? null,
      });
    }),
});

/** The texts that come with Envoi; default where the company has no default of its own. */
function builtIns(own: readonly Template[]): TemplateJson[] {
  return textKinds.flatMap((kind) =>
    textPurposes.flatMap((purpose) =>
      languages.map((language) => ({
        id: null,
        kind,
        purpose,
        language,
        name: null,
        ...builtInText({ kind, purpose, language }),
        senderId: null,
        senderProblem: null,
        isDefault: !own.some(
          (one) => one.isDefault && one.kind === kind && one.purpose === purpose && one.language === language,
        ),
        version: 1,
        updatedAt: null,
      })),
    ),
  );
}

type Put = z.output<typeof templatePut>;

function sameCell(one: Template, given: Put): boolean {
  return one.kind === given.kind && one.purpose === given.purpose && one.language === given.language;
}

function isMeant(one: Template, given: Put): boolean {
  const { name } = given;
  if (!sameCell(one, given)) return false;
  return name === undefined ? one.isDefault : one.name.toLowerCase() === name.trim().toLowerCase();
}

/** What is absent stays; a new one begins with the built-in text, and is the default when its cell has none. */
function filledUp(given: Put, before: Template | null, own: readonly Template[]) {
  const usual = before ?? builtInText(given);
  const isFirst = !own.some((one) => one.isDefault && sameCell(one, given));
  return {
    kind: given.kind,
    purpose: given.purpose,
    language: given.language,
    name: given.name ?? before?.name ?? 'Default',
    subject: given.subject ?? usual.subject,
    html: given.html ?? (given.text === undefined ? usual.html : htmlFromPlainText(given.text)),
    senderId: given.senderId === undefined ? (before?.senderId ?? null) : given.senderId,
    isDefault: given.isDefault ?? before?.isDefault ?? isFirst,
  };
}

export const templateRoutes: readonly Route[] = [list, put, remove, tryOut];
