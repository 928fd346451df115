import { languageName } from '#base/language';
import {
  type DispatchRequest,
  type Draft,
  letterParts,
  prepareDispatch,
  variablesOf,
} from '#domain/dispatch';
import { type Document, getDocuments, newestDocuments } from '#domain/documents';
import { listSenders } from '#domain/senders';
import {
  DOCUMENTS_PLACEHOLDER,
  documentSummaries,
  type GivenTemplate,
  sanitiseLetter,
  splitBody,
  stuckTies,
  type TextVariables,
  variableNames,
} from '#domain/templates';
import type { Tx } from '#stores/database';
import type { Errors } from '../kit/index.ts';
import type { WebTables } from '../needs.ts';
import { titleInSentence } from '../screens/document-words.ts';
import type { ApartText, TemplateModel, VariableModel } from '../screens/template-model.ts';
import type { Sending } from '../send/draft-send.ts';
import { editorHtml, plainText } from '../send/plain-text.ts';
import { markMissing } from './mark-missing.ts';

export interface Editing {
  readonly id: string | null;
  readonly given: GivenTemplate;
  /** The document to look at it with; empty: the newest that fits. */
  readonly exampleId: string;
  readonly fromSend?: boolean;
  /** The documents to choose from instead of the newest. */
  readonly exampleIds?: readonly string[];
  readonly apart?: ApartText;
  readonly errors?: Errors;
}

/** How many documents one may choose from to look at a text. */
const mostExamples = 20;

/** Everything that the editor shows, with the text filled for a real document. */
export async function templateView(
  tx: Tx<WebTables>,
  sending: Sending,
  editing: Editing,
  portalUrl: string,
): Promise<{ readonly model: TemplateModel; readonly draft: Draft | null }> {
  const { view, company } = sending;
  const { given, errors = {} } = editing;
  const kind = given.kind === 'several' ? null : given.kind;
  const newest = await newestDocuments(tx, company.id, { kind, limit: mostExamples });
  const asked = [...(editing.exampleIds ?? []), ...(editing.exampleId ? [editing.exampleId] : [])];
  const missed = asked.filter((one) => !newest.some(({ id }) => id === one)).slice(0, mostExamples);
  const named = (await getDocuments(tx, company.id, missed)).filter((one) => !kind || one.kind === kind);
  const documents = [...named, ...newest];
  const wanted = editing.exampleId || editing.exampleIds?.[0];
  const example = documents.find((one) => one.id === wanted) ?? documents[0];
  const request = example ? requestFor(sending, given, examplesOf(given, example, documents)) : null;
  const draft = request ? await prepareDispatch(tx, request, sending.now) : null;
  const html = sanitiseLetter(given.html.slice(0, 50_000));
  const senders = await listSenders(tx, company.id);
  const stuck = await stuckTies(tx, company.id);
  const model: TemplateModel = {
    ...given,
    id: editing.id,
    languageName: languageName(given.language, view.language),
    senders: senders.map(({ id, address }) => ({ id, label: address, stuck: stuck.has(id) })),
    html: editorHtml(html),
    text: plainText(html),
    variables: variableModels(draft && request ? valuesOf(draft, request, sending.now) : {}),
    examples: documents.map((one) => ({ id: one.id, title: titleInSentence(view, one) })),
    exampleId: example?.id ?? null,
    preview: draft ? previewOf(draft, portalUrl, sending.now) : null,
    fromSend: editing.fromSend ?? false,
    ...(editing.apart ? { apart: editing.apart } : {}),
    errors,
  };
  return { model, draft };
}

/** A text about several documents is looked at with two of one customer, or with the same one twice over. */
function examplesOf(given: GivenTemplate, example: Document, all: readonly Document[]): string[] {
  if (given.kind !== 'several') return [example.id];
  const other = all.find((one) => one.id !== example.id && one.customerId === example.customerId);
  return other
    ? [example.id, other.id]
    : [
        example.id,
        ...all
          .filter((one) => one !== example)
          .slice(0, 1)
          .map((one) => one.id),
      ];
}

function requestFor(sending: Sending, given: GivenTemplate, documentIds: readonly string[]): DispatchRequest {
  return {
    companyId: sending.company.id,
    author: sending.author,
    origin: 'manual',
    documentIds,
    purpose: given.purpose,
    language: given.language,
    template: { subject: given.subject, html: sanitiseLetter(given.html.slice(0, 50_000)) },
  };
}

export function valuesOf(draft: Draft, request: DispatchRequest, now: Date): TextVariables {
  return variablesOf({ ...draft, openDocuments: [] }, request, now);
}

function variableModels(values: TextVariables): VariableModel[] {
  return variableNames.map((name) => {
    const [group = '', key = ''] = name.split('.');
    const value = values[group]?.[key];
    return { name, value: shown(value), insert: snippets[name] ?? `{{ ${name} }}` };
  });
}

/** Lists and conditions need more than their name. */
const snippets: Readonly<Record<string, string>> = {
  'customer.open_documents': '{% for one in customer.open_documents %}{{ one }}; {% endfor %}',
  'documents.titles': '{{ documents.titles | join: ", " }}',
  'mail.attached': '{% if mail.attached %}…{% endif %}',
  'mail.linked': '{% if mail.linked %}…{% endif %}',
};

function shown(value: TextVariables[string][string] | undefined): string | null {
  if (value === undefined || value === '') return null;
  if (Array.isArray(value)) return value.length > 0 ? value.join('; ').slice(0, 120) : '0';
  if (typeof value === 'boolean') return value ? '✓' : '–';
  const text = String(value);
  return text === DOCUMENTS_PLACEHOLDER || text.startsWith('https://portal.invalid/')
    ? '…'
    : text.slice(0, 120);
}

function previewOf(draft: Draft, portalUrl: string, now: Date): TemplateModel['preview'] {
  const of = (reason: string): string[] =>
    draft.problems.flatMap((one) => (one.reason === reason ? [one.value ?? ''] : []));
  const missing = of('variable_missing');
  const body = splitBody(draft.bodyHtml);
  return {
    subject: markMissing(escapeText(draft.subject), missing),
    body: { before: markMissing(body.before, missing), after: markMissing(body.after, missing) },
    cards: documentSummaries(letterParts(draft, portalUrl, now)).map(
      ({ title, amount, due, button, url }) => ({
        title,
        line: [amount ? `${amount.amount}\u00A0${amount.currency}` : null, due].filter(Boolean).join(' · '),
        button: url === null ? null : button,
      }),
    ),
    missing,
    fault: of('template_unreadable')[0] ?? null,
  };
}

function escapeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
