import { after, minute } from '#base/time';
import { renderPages } from '#formats/pdf';
import { asWorker, inCompany } from '#stores/database';
import type { DocumentTables } from './document-row.ts';
import type { DocumentStores } from './limits.ts';
import {
  type ClaimedDrawing,
  claimDrawings,
  failEndlessDrawings,
  type PageImage,
  writeImages,
} from './page-image-table.ts';

export type Drawn = {
  readonly documentId: string;
  readonly companyId: string;
  readonly images: 'ready' | 'failed';
};

type Stores = Pick<DocumentStores, 'database' | 'files'>;

/** Drawing 500 pages takes about a minute; after this time its process is gone. */
const givenUpAfter = 5 * minute;
const mostTries = 3;

/** Draws the pages of one document, right after its upload; null when they are drawn or another process is at it. */
export async function drawPages(stores: Stores, documentId: string, now: Date): Promise<Drawn | null> {
  const [claimed] = await claim(stores, { documentId, limit: 1 }, now);
  return claimed ? draw(stores, claimed) : null;
}

/** Draws the pages of documents that wait for it, oldest first, up to `limit`. Several processes share the work. */
export async function drawWaitingPages(stores: Stores, limit: number, now: Date): Promise<Drawn[]> {
  const drawn: Drawn[] = [];
  while (drawn.length < limit) {
    const [claimed] = await claim(stores, { limit: 1 }, now);
    if (!claimed) break;
    drawn.push(await draw(stores, claimed));
  }
  return drawn;
}

function claim(stores: Stores, which: { documentId?: string; limit: number }, now: Date) {
  const since = after(now, -givenUpAfter);
  return asWorker<DocumentTables, ClaimedDrawing[]>(stores.database, async (tx) => {
    await failEndlessDrawings(tx, mostTries, since);
    return claimDrawings(tx, which, now, since);
  });
}

async function draw({ database, files }: Stores, claimed: ClaimedDrawing): Promise<Drawn> {
  const { companyId, documentId } = claimed;
  const pdf = await files.get(companyId, claimed.pdfSha256);
  const images: PageImage[] = [];
  const drawn = pdf
    ? await renderPages(pdf, {}, async ({ page, webp, width, height }) => {
        images.push({ page, width, height, sha256: await files.put(companyId, webp) });
      })
    : { ok: false };
  const kept = drawn.ok ? images : [];
  await inCompany<DocumentTables, void>(database, companyId, (tx) => writeImages(tx, claimed, kept));
  return { companyId, documentId, images: kept.length > 0 ? 'ready' : 'failed' };
}
