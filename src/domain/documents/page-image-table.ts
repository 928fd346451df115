import type { Tx } from '#stores/database';
import type { DocumentTables } from './document-row.ts';

/** The picture of one page, as WebP in the files store; sizes in pixels, pages from 1. */
export interface PageImage {
  readonly page: number;
  readonly sha256: string;
  readonly width: number;
  readonly height: number;
}

/** A document whose pages a process has taken on to draw. */
export interface ClaimedDrawing {
  readonly documentId: string;
  readonly companyId: string;
  readonly pdfSha256: string;
}

/**
 * Takes on documents that wait for their page images: the given one, or the oldest ones. What another process took on after
 * `since`, or is taking on right now, is left alone.
 */
export async function claimDrawings(
  tx: Tx<DocumentTables>,
  which: { readonly documentId?: string; readonly limit: number },
  now: Date,
  since: Date,
): Promise<ClaimedDrawing[]> {
  let waiting = tx
    .selectFrom('documents')
    .select('id')
    .where('images', '=', 'waiting')
    .where((where) => where.or([where('images_tried_at', 'is', null), where('images_tried_at', '<', since)]))
    .orderBy('created_at')
    .limit(which.limit)
    .forUpdate()
    .skipLocked();
  if (which.documentId !== undefined) waiting = waiting.where('id', '=', which.documentId);
  const rows = await tx
    .updateTable('documents')
    .set((all) => ({ images_tried_at: now, images_tries: all('images_tries', '+', 1) }))
    .where('id', 'in', waiting)
    .returning(['id', 'company_id', 'pdf_sha256'])
    .execute();
  return rows.map((row) => ({ documentId: row.id, companyId: row.company_id, pdfSha256: row.pdf_sha256 }));
}

/** Gives up on documents whose drawing was begun `tries` times and never ended: it takes its process down. */
export async function failEndlessDrawings(tx: Tx<DocumentTables>, tries: number, since: Date): Promise<void> {
  await tx
    .updateTable('documents')
    .set({ images: 'failed' })
    .where('images', '=', 'waiting')
    .where('images_tries', '>=', tries)
    .where('images_tried_at', '<', since)
    .execute();
}

/** Writes the images of a document in place of whatever was there, and that they are there (`[]`: that they failed). */
export async function writeImages(
  tx: Tx<DocumentTables>,
  claimed: ClaimedDrawing,
  images: readonly PageImage[],
): Promise<void> {
  const { documentId, companyId } = claimed;
  await tx
    .deleteFrom('page_images')
    .where('company_id', '=', companyId)
    .where('document_id', '=', documentId)
    .execute();
  if (images.length > 0)
    await tx
      .insertInto('page_images')
      .values(images.map((image) => ({ ...image, document_id: documentId, company_id: companyId })))
      .execute();
  await tx
    .updateTable('documents')
    .set({ images: images.length > 0 ? 'ready' : 'failed' })
    .where('company_id', '=', companyId)
    .where('id', '=', documentId)
    .execute();
}

/** The page images of a document in the order of its pages; empty until they are drawn. */
export function selectPageImages(
  tx: Tx<DocumentTables>,
  companyId: string,
  documentId: string,
): Promise<PageImage[]> {
  return tx
    .selectFrom('page_images')
    .select(['page', 'sha256', 'width', 'height'])
    .where('company_id', '=', companyId)
    .where('document_id', '=', documentId)
    .orderBy('page')
    .execute();
}
