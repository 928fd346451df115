import type { Company } from '#domain/accounts';
import { changeDocumentWithCustomer, getCustomers } from '#domain/customers';
import {
  type Author,
  type DispatchProblem,
  type DispatchRequest,
  type Draft,
  prepareDispatch,
  requestProblems,
  textKindOf,
} from '#domain/dispatch';
import { type Document, getDocuments } from '#domain/documents';
import { chooseSender, listSenders, type Sender } from '#domain/senders';
import { fittingTemplates, stuckTies, type Template } from '#domain/templates';
import type { Tx } from '#stores/database';
import { missingNames } from '../documents/document-model.ts';
import {
  amountField,
  editOf,
  type FactField,
  factFields,
  factNames,
  factValues,
  proposedValues,
} from '../documents/facts-form.ts';
import type { Errors, View } from '../kit/index.ts';
import type { WebTables } from '../needs.ts';
import type { PostedForm } from '../staff/read-form.ts';
import { fieldErrors } from '../staff/wording.ts';
import { followChoice } from './follow-choice.ts';
import { requestOf, type SendForm } from './send-form.ts';

export interface Sending {
  readonly view: View;
  readonly company: Company;
  readonly author: Author;
  readonly now: Date;
}

/** Facts that the file does not say: asked for in the same window. */
export interface AskedFacts {
  readonly values: Readonly<Record<FactField, string>>;
  /** Fields whose value is a guess, for a person to confirm. */
  readonly proposed: readonly string[];
  readonly errors: Errors;
}

/** A draft with everything that the window shows around it. */
export interface Drafted {
  readonly draft: Draft;
  readonly request: DispatchRequest;
  /** What was posted, with what follows from the last choice. */
  readonly form: SendForm;
  readonly problems: readonly DispatchProblem[];
  readonly senders: readonly Sender[];
  /** The company's own texts that fit, in all languages. */
  readonly templates: readonly Template[];
  /** Their senders that do not work: what is sent with such a text waits. */
  readonly stuck: ReadonlyMap<string, Sender>;
  readonly facts: AskedFacts | null;
  /** The To addresses are guesses from the file's text. */
  readonly toIsProposed: boolean;
}

/**
 * Works out what the window shows, with the asked facts written into the document as they stand in the form; null when a
 * document does not exist. Whoever only looks must undo the transaction: see `inPassing`.
 */
export async function draftSend(
  tx: Tx<WebTables>,
  sending: Sending,
  posted: SendForm,
): Promise<Drafted | null> {
  const { company, author, now } = sending;
  const documents = await getDocuments(tx, company.id, posted.documentIds);
  if (documents.length !== posted.documentIds.length) return null;
  const form = await followChoice(tx, company.id, posted, textKindOf(documents));
  const facts = await takeFacts(tx, sending, documents, form.facts);
  const senderId = await chosenSender(tx, sending, form, documents[0]);
  const of = { companyId: company.id, author, zone: company.timeZone };
  const given = { ...requestOf(form, of), senderId };
  const looked = await prepareDispatch(tx, given, now);
  // The customer that was found may be gone with his address: then there is nothing to choose any more.
  const isGone = looked?.partner === null && given.channels !== undefined;
  const request = isGone ? { ...given, channels: undefined } : given;
  const prepared = isGone ? await prepareDispatch(tx, request, now) : looked;
  if (!prepared) return null;
  // Addresses in the text of a plain PDF are shown for a person to confirm; once the window was posted, what stands in it counts.
  const guessed = form.facts === null ? guessedAddresses(documents) : [];
  const toIsProposed = guessed.length > 0 && !prepared.addressees.some((one) => one.role === 'to');
  const asked = toIsProposed ? { ...request, to: guessed } : request;
  const draft = toIsProposed ? ((await prepareDispatch(tx, asked, now)) ?? prepared) : prepared;
  const problems = [...draft.problems, ...requestProblems(draft, asked, now)];
  return {
    draft,
    request: asked,
    problems,
    form,
    facts,
    toIsProposed,
    senders: await listSenders(tx, company.id),
    stuck: await stuckTies(tx, company.id),
    templates: await fittingTemplates(tx, company.id, {
      kind: textKindOf(draft.documents),
      purpose: draft.purpose,
    }),
  };
}

function guessedAddresses(documents: readonly Document[]): readonly string[] {
  return documents.length === 1 ? (documents[0]?.proposed.buyerEmails ?? []) : [];
}

/** The usual sender counts as not chosen, so that the window goes on saying by which rule it was taken. */
async function chosenSender(
  tx: Tx<WebTables>,
  { company, author }: Sending,
  form: SendForm,
  document: Document | undefined,
): Promise<string | undefined> {
  if (form.senderIsOwn) return form.senderId;
  const usual = await chooseSender(tx, company.id, {
    kind: document?.kind ?? 'other',
    userId: author.user.id,
  });
  return usual.ok && usual.sender.id === form.senderId ? undefined : form.senderId;
}

async function takeFacts(
  tx: Tx<WebTables>,
  { view, company, author, now }: Sending,
  documents: readonly Document[],
  posted: PostedForm | null,
): Promise<AskedFacts | null> {
  const [document, ...others] = documents;
  if (!document || others.length > 0 || missingNames(document).length === 0) return null;
  const ids = [document.customerId, document.proposed.customerId].flatMap((id) => id ?? []);
  const customers = await getCustomers(tx, company.id, ids);
  const nameOf = (id: string | null | undefined): string | null =>
    customers.find((one) => one.id === id)?.name ?? null;
  const known = factValues(document, nameOf(document.customerId));
  const customer = nameOf(document.proposed.customerId);
  const guesses = proposedValues(document, known, customer);
  const proposed = { ...known, currency: 'EUR', ...withoutBlanks(known), ...guesses };
  const form = posted?.has('facts.number') ? posted : formOfValues(proposed);
  const which = {
    companyId: company.id,
    documentId: document.id,
    by: { actor: author.actor, id: author.id },
  };
  const edit = editOf(form, known, { facts: document.proposed, customer }, 'facts.');
  const changed = await changeDocumentWithCustomer(tx, which, edit, now);
  const values =
    form === posted ? postedValues(form) : { ...proposed, total: amountField(view, proposed.total) };
  const errors =
    changed.ok || changed.reason !== 'invalid' ? {} : fieldErrors(view, changed.problems, factNames);
  return { values, proposed: form === posted ? [] : Object.keys(guesses), errors };
}

function withoutBlanks(values: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== ''));
}

function postedValues(form: PostedForm): Record<FactField, string> {
  const values = factFields.map((field) => [field, form.text(`facts.${field}`)] as const);
  return Object.fromEntries(values) as Record<FactField, string>;
}

/** Guesses as if a person had typed them. */
function formOfValues(values: Readonly<Record<FactField, string>>): PostedForm {
  const text = (name: string): string => values[name.replace('facts.', '') as FactField] ?? '';
  return {
    text,
    texts: (name) => [text(name)],
    has: (name) => name.replace('facts.', '') in values,
    names: () => [],
    file: () => null,
    files: () => [],
  };
}
