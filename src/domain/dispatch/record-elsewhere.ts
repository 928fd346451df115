import { newId } from '#base/ids';
import { type Document, type DocumentTables, getDocument } from '#domain/documents';
import { type EvidenceTables, record } from '#domain/evidence';
import type { Tx } from '#stores/database';
import type { Dispatch, OtherMeans } from './dispatch.ts';
import type { Author } from './dispatch-request.ts';
import { type DispatchTables, insertDispatches } from './dispatch-table.ts';

export interface Elsewhere {
  readonly companyId: string;
  readonly documentId: string;
  readonly means: OtherMeans;
  readonly note: string;
  /** The day on which it went out. */
  readonly on: Date;
  readonly author: Author;
}

/** Records that a document went out by other means, so that its history is whole. */
export async function recordElsewhere(
  tx: Tx<DispatchTables & DocumentTables & EvidenceTables>,
  input: Elsewhere,
  now: Date,
): Promise<{ ok: true; dispatch: Dispatch } | { ok: false; reason: 'not_found' }> {
  const { companyId, author, means, on } = input;
  const document = await getDocument(tx, companyId, input.documentId);
  if (!document) return { ok: false, reason: 'not_found' };
  const dispatch = elsewhere(input, document, now);
  await insertDispatches(tx, [dispatch]);
  await record(tx, [
    {
      type: 'dispatch.recorded_elsewhere',
      companyId,
      dispatchId: dispatch.id,
      documentId: document.id,
      at: now,
      actor: author.actor,
      data: { means, on: on.toISOString(), by: author.id },
      personal: { note: dispatch.otherNote ?? '', byName: author.name },
    },
  ]);
  return { ok: true, dispatch };
}

function elsewhere(input: Elsewhere, document: Document, now: Date): Dispatch {
  return {
    id: newId('dispatch', now),
    companyId: input.companyId,
    externalId: null,
    metadata: {},
    documentIds: [document.id],
    purpose: 'first',
    origin: 'manual',
    service: 'standard',
    senderHidden: false,
    channels: [],
    handOvers: [],
    otherMeans: input.means,
    otherNote: input.note.trim().slice(0, 500) || null,
    senderId: null,
    senderReason: null,
    letterId: null,
    subject: '',
    language: document.buyerLanguage ?? 'en',
    attach: false,
    link: false,
    tracking: 'none',
    sendAt: input.on,
    undoUntil: null,
    resendOf: null,
    createdBy: input.author.id,
    createdByName: input.author.name,
    createdAt: now,
    canceledAt: null,
    templateId: null,
    templateVersion: null,
  };
}
