import { type SendRuleTables, sendByRule } from '#domain/automatic';
import { type CustomerTables, changeDocumentWithCustomer, saveDocumentWithCustomer } from '#domain/customers';
import type { DispatchRequest, DispatchTables, SubmitTables } from '#domain/dispatch';
import { type SubmitSettings, type Submitted, submitDispatch } from '#domain/dispatch';
import {
  type By,
  type Document,
  type DocumentStores,
  type GivenFacts,
  type PreparedDocument,
  prepareDocument,
  storeExtraFile,
  type UploadRefused,
} from '#domain/documents';
import { readDocument } from '#formats/einvoice';
import { parseAddressList } from '#mail/address';
import { type Database, inCompany, type Tx } from '#stores/database';
import { agreedFacts, type Buyer } from './agreed-facts.ts';
import { type FileGroup, groupFiles, type NamedFile, whyNone } from './group-files.ts';
import { claimIntake, finishIntake, type IntakeTables } from './intake-table.ts';

export type ReceiveTables = SubmitTables & IntakeTables & CustomerTables & DispatchTables & SendRuleTables;

export interface IntakeDeps {
  readonly database: Database<ReceiveTables>;
  readonly files: DocumentStores['files'];
  readonly limits: DocumentStores['limits'];
  readonly submit: SubmitSettings;
}

/** Files that came in together, and what is to become of them. */
export interface Delivery {
  readonly companyId: string;
  readonly by: By;
  /** What makes it the same when it comes again. */
  readonly key: Buffer;
  readonly files: readonly NamedFile[];
  /** Facts that were said beside the files, of all documents. */
  readonly facts: GivenFacts;
  /** Subject and text, in which the guesses about a plain PDF may be confirmed. */
  readonly saidBeside: string;
  /** How the documents are sent; null: they are only taken in, or sent by a rule where one fits. */
  readonly order: Omit<DispatchRequest, 'companyId' | 'documentIds'> | null;
}

export type ReceivedFiles =
  | {
      readonly ok: true;
      readonly documents: readonly Document[];
      readonly dispatchId: string | null;
      /** It had come before: nothing was done this time. */
      readonly isAgain: boolean;
    }
  | { readonly ok: false; readonly reason: 'no_document' }
  | {
      readonly ok: false;
      readonly reason: 'document_refused';
      readonly file: string;
      readonly why: UploadRefused['reason'] | 'tnef';
    }
  | { readonly ok: false; readonly reason: 'file_refused'; readonly file: string }
  | {
      readonly ok: false;
      readonly reason: 'not_sendable';
      readonly problems: Extract<Submitted, { reason: 'invalid' }>['problems'];
    };

/**
 * Makes documents of files and, where an order says so, sends them in one mail: all of it in one transaction, and once for each key.
 * When it returns `ok`, everything is on the disk. Refuses with what is wrong, and then there is no document and no dispatch.
 */
export async function receiveFiles(deps: IntakeDeps, delivery: Delivery, now: Date): Promise<ReceivedFiles> {
  const { groups, others } = groupFiles(delivery.files);
  if (groups.length === 0) return whyNone(delivery.files);
  const prepared: PreparedDocument[] = [];
  const extra: NamedFile[] = [...others];
  for (const group of groups) {
    const one = await prepareGroup(deps, delivery, group);
    if (!one.ok) return { ok: false, reason: 'document_refused', file: group.main.name, why: one.reason };
    prepared.push(one.prepared);
    if (group.xml) extra.push(group.xml);
  }
  const fileIds: string[] = [];
  for (const file of delivery.order ? extra : []) {
    const { companyId } = delivery;
    const kept = await storeExtraFile(deps, { companyId, fileName: file.name, bytes: file.bytes }, now);
    if (!kept.ok) return { ok: false, reason: 'file_refused', file: file.name };
    fileIds.push(kept.file.id);
  }
  return inOneGo(deps, delivery, prepared, fileIds, now);
}

async function prepareGroup(deps: IntakeDeps, delivery: Delivery, { main, xml }: FileGroup) {
  const { companyId, by } = delivery;
  const fromXml = xml ? await factsOfXml(xml, deps.limits.documentBytes) : {};
  return prepareDocument(deps, {
    companyId,
    by,
    fileName: main.name,
    bytes: main.bytes,
    facts: { ...fromXml, ...delivery.facts },
  });
}

/** What the XML beside a PDF says of it; nothing when it is no invoice. */
async function factsOfXml(xml: NamedFile, maxBytes: number): Promise<GivenFacts> {
  const read = await readDocument(xml.bytes, { maxBytes });
  if (!read.ok) return {};
  const { kind, number, issueDate, dueDate, currency, total, amountDue, ...buyer } = read.document.facts;
  const known = { kind, number, issueDate, dueDate, currency, total, amountDue };
  return {
    ...Object.fromEntries(Object.entries(known).filter(([, value]) => value)),
    customer: {
      ...(buyer.buyerName ? { name: buyer.buyerName } : {}),
      ...(buyer.buyerVatId ? { vatId: buyer.buyerVatId } : {}),
      ...(buyer.buyerCountry ? { country: buyer.buyerCountry } : {}),
      ...(buyer.buyerLanguage ? { language: buyer.buyerLanguage } : {}),
      ...(buyer.buyerEmails?.length ? { emails: buyer.buyerEmails } : {}),
    },
  };
}

class NotSendable extends Error {
  readonly problems: Extract<Submitted, { reason: 'invalid' }>['problems'];
  constructor(problems: Extract<Submitted, { reason: 'invalid' }>['problems']) {
    super('not sendable');
    this.problems = problems;
  }
}

async function inOneGo(
  { database, submit }: IntakeDeps,
  delivery: Delivery,
  prepared: readonly PreparedDocument[],
  fileIds: readonly string[],
  now: Date,
): Promise<ReceivedFiles> {
  const { companyId, key, order } = delivery;
  try {
    return await inCompany<ReceiveTables, ReceivedFiles>(database, companyId, async (tx) => {
      const claim = await claimIntake(tx, { company_id: companyId, key, created_at: now });
      if (claim !== true) return { ok: true, documents: [], dispatchId: claim.dispatchId, isAgain: true };
      const documents: Document[] = [];
      const fresh: Document[] = [];
      for (const one of prepared) {
        const { document, existed } = await save(tx, delivery, one, now);
        documents.push(document);
        if (!existed) fresh.push(document);
      }
      if (!order)
        return {
          ok: true,
          documents,
          dispatchId: await byRule(tx, submit, companyId, fresh, now),
          isAgain: false,
        };
      const documentIds = [...new Set(documents.map((one) => one.replacedBy ?? one.id))];
      const request = {
        ...order,
        companyId,
        documentIds,
        fileIds: [...(order.fileIds ?? []), ...fileIds],
      };
      const submitted = await submitDispatch(tx, submit, request, now);
      if (!submitted.ok)
        throw new NotSendable(
          submitted.reason === 'invalid'
            ? submitted.problems
            : [{ path: 'documents', reason: 'document_missing' }],
        );
      await finishIntake(tx, companyId, key, submitted.dispatch.id);
      return { ok: true, documents, dispatchId: submitted.dispatch.id, isAgain: false };
    });
  } catch (error) {
    if (error instanceof NotSendable) return { ok: false, reason: 'not_sendable', problems: error.problems };
    throw error;
  }
}

/** What nobody ordered may still be sent by a rule of the company; returns the first dispatch. */
async function byRule(
  tx: Tx<ReceiveTables>,
  submit: SubmitSettings,
  companyId: string,
  documents: readonly Document[],
  now: Date,
): Promise<string | null> {
  let first: string | null = null;
  for (const { id } of documents) {
    const done = await sendByRule(tx, submit, { companyId, documentId: id, source: 'folder' }, now);
    if (done.kind === 'sent') first ??= done.dispatchId;
  }
  return first;
}

async function save(
  tx: Tx<ReceiveTables>,
  { companyId, by, saidBeside, order }: Delivery,
  prepared: PreparedDocument,
  now: Date,
): Promise<{ readonly document: Document; readonly existed: boolean }> {
  const { document, existed } = await saveDocumentWithCustomer(tx, prepared, now);
  const agreed = order
    ? agreedFacts(document, `${saidBeside} ${document.fileName}`, buyerOf(order.to))
    : null;
  if (!agreed || document.replacedBy) return { document, existed };
  const which = { companyId, documentId: document.id, by };
  const changed = await changeDocumentWithCustomer(tx, which, agreed, now);
  return { document: changed.ok ? changed.document : document, existed };
}

/** The first person that is written to. */
function buyerOf(to: readonly string[] | undefined): Buyer | null {
  const [first] = parseAddressList((to ?? []).slice(0, 1).join()).addresses;
  return first ? { name: first.name || first.address, emails: [first.address] } : null;
}
