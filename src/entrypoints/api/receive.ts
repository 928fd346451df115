import type { z } from '@hono/zod-openapi';
import {
  type DocumentStores,
  type PreparedDocument,
  prepareDocument,
  type UploadRefused,
} from '#domain/documents';
import { type Refusal, refuse, refuseFields } from './answer.ts';
import { byKey } from './author.ts';
import type { Call } from './call.ts';
import { fieldErrors } from './field-words.ts';
import type { uploadForm } from './shapes/document.ts';

type Uploaded = Omit<z.output<typeof uploadForm>, 'externalId' | 'metadata'> &
  Partial<Pick<z.output<typeof uploadForm>, 'externalId' | 'metadata'>>;

/** Reads an upload and keeps its files; no row is written yet. */
export async function receive(
  call: Call,
  uploaded: Uploaded,
): Promise<
  | { readonly ok: true; readonly prepared: PreparedDocument }
  | { readonly ok: false; readonly refusal: Refusal }
> {
  const { needs } = call;
  const stores: DocumentStores = { database: needs.database, files: needs.files, limits: needs.limits };
  const { externalId, metadata, ...facts } = uploaded.facts ?? {};
  const result = await prepareDocument(stores, {
    companyId: call.companyId,
    by: byKey(call),
    fileName: uploaded.file.fileName,
    bytes: uploaded.file.bytes,
    facts,
    externalId: uploaded.externalId ?? externalId,
    metadata: uploaded.metadata ?? metadata,
  });
  return result.ok ? result : { ok: false, refusal: refuseUpload(result, needs.limits.documentBytes) };
}

type Unreadable = Exclude<UploadRefused['reason'], 'invalid' | 'too_big'>;

const unreadable: Readonly<Record<Unreadable, string>> = {
  empty: 'The file is empty.',
  unsupported_type:
    'This is neither a PDF nor an invoice in XML that is known here (Cross Industry Invoice, UBL, FatturaPA).',
  encrypted: 'The PDF is protected by a password. Export it again without one.',
  broken_pdf: 'The PDF is damaged. Export it again from the program that made it.',
  too_many_pages: 'The document has more than 500 pages. Attach long lists as an extra file instead.',
  took_too_long: 'Reading the document took too long. Export it again, without large drawings.',
  broken_xml: 'The XML is damaged.',
  unsafe_xml: 'The XML declares a document type or entities, which an invoice may not.',
  not_drawable: 'The invoice was read, but no PDF could be made of it: it is too large.',
};

function refuseUpload(refused: UploadRefused, mostBytes: number): Refusal {
  if (refused.reason === 'invalid')
    return refuseFields(
      fieldErrors(
        refused.problems.map((problem) => ({
          ...problem,
          path: /^(externalId|metadata)/.test(problem.path) ? problem.path : `facts.${problem.path}`,
        })),
      ),
    );
  if (refused.reason === 'too_big')
    return refuse('too_large', {
      detail: `A document may have ${Math.floor(mostBytes / 2 ** 20)} MiB at most.`,
    });
  return refuse('unreadable_document', { detail: unreadable[refused.reason] });
}
