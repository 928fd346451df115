import type { Insertable } from 'kysely';
import { newId } from '#base/ids';
import type { Fact } from '#domain/evidence';
import type { Tx } from '#stores/database';
import type { Document, Facts } from './document.ts';
import { documentChanges, documentCreated } from './document-events.ts';
import { type DocumentTables, factColumns } from './document-row.ts';
import { insertDocument, lockDocument, selectDocumentByHash, updateDocument } from './document-table.ts';
import { isUnknown, mergeFacts, stillUnknown } from './merge-facts.ts';
import type { PreparedDocument, StoredFiles } from './prepare-document.ts';

/** What a use case did, and the facts that its transaction records last. */
export interface Saved {
  readonly document: Document;
  /** The company had these bytes already: it is the same document. */
  readonly existed: boolean;
  readonly facts: readonly Fact[];
}

/**
 * Writes the document of a prepared upload. Bytes that the company has are the same document, also when two uploads run at
 * once; facts given again fill in what it lacks and change nothing else. The caller records `facts` last.
 */
export async function saveDocument(
  tx: Tx<DocumentTables>,
  prepared: PreparedDocument,
  now: Date,
): Promise<Saved> {
  const { files, upload } = prepared;
  const made = files
    ? await insertDocument(tx, rowOf(prepared, files, mergeFacts(prepared), newId('document', now), now))
    : null;
  if (made) return { document: made, existed: false, facts: [documentCreated(made, upload.by, now)] };
  const known = await selectDocumentByHash(tx, upload.companyId, prepared.sha256);
  if (!known) throw new Error('A document is neither new nor known.');
  return fillIn(tx, known, prepared, now);
}

/** The row of a first version. */
export function rowOf(
  { upload }: PreparedDocument,
  files: StoredFiles,
  { facts, proposed }: ReturnType<typeof mergeFacts>,
  id: string,
  now: Date,
): Insertable<DocumentTables['documents']> {
  return {
    ...factColumns(facts),
    id,
    company_id: upload.companyId,
    external_id: upload.externalId ?? null,
    metadata: JSON.stringify(upload.metadata ?? {}),
    kind: facts.kind,
    buyer_emails: [...facts.buyerEmails],
    proposed: JSON.stringify(proposed),
    series: id,
    version: 1,
    format: files.format,
    file_name: files.fileName,
    media_type: files.mediaType,
    sha256: files.sha256,
    bytes: files.bytes,
    pdf_sha256: files.pdfSha256,
    pdf_bytes: files.pdfBytes,
    xml_sha256: files.xmlSha256,
    xml_bytes: files.xmlBytes,
    pages: files.pages,
    created_by: upload.by.id,
    created_at: now,
  };
}

async function fillIn(
  tx: Tx<DocumentTables>,
  known: Document,
  { given, upload }: PreparedDocument,
  now: Date,
): Promise<Saved> {
  const names = Object.keys(given) as (keyof Facts)[];
  const lacks = names.some((name) => isUnknown(known[name]) && !isUnknown(given[name]));
  const lacksId = known.externalId === null && Boolean(upload.externalId);
  if (known.replacedBy || (!lacks && !lacksId)) return { document: known, existed: true, facts: [] };
  const before = (await lockDocument(tx, upload.companyId, known.id)) ?? known;
  const fresh: Partial<Facts> = Object.fromEntries(
    names.filter((name) => isUnknown(before[name])).map((name) => [name, given[name]]),
  );
  const proposed = stillUnknown(before.proposed, { ...before, ...fresh });
  const document = await updateDocument(tx, upload.companyId, known.id, {
    ...factColumns(fresh),
    external_id: before.externalId ?? upload.externalId ?? null,
    proposed: JSON.stringify(proposed),
  });
  return { document, existed: true, facts: documentChanges(before, document, upload.by, now) };
}
