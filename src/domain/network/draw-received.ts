import { renderPages } from '#formats/pdf';
import { type Database, inCompany } from '#stores/database';
import type { FileStore } from '#stores/files';
import type { NetworkTables } from './network-tables.ts';
import type { Received, ReceivedImage } from './received.ts';
import { updateReceived } from './received-table.ts';

/** Pages that are shown as pictures; who wants to see more opens the file. */
const mostPictures = 30;

/** The pictures of the first pages: drawn when somebody looks for the first time, and kept. Empty where the PDF cannot be drawn. */
export async function drawReceived(
  { database, files }: { readonly database: Database<NetworkTables>; readonly files: FileStore },
  received: Received,
): Promise<readonly ReceivedImage[]> {
  if (received.images) return received.images;
  const { companyId, id } = received;
  const pdf = await files.get(companyId, received.pdfSha256);
  const drawn: ReceivedImage[] = [];
  const result = pdf
    ? await renderPages(pdf, { maxPages: mostPictures }, async ({ page, webp }) => {
        drawn.push({ page, sha256: await files.put(companyId, webp) });
      })
    : { ok: false };
  const images = result.ok ? drawn : [];
  await inCompany(database, companyId, (tx) =>
    updateReceived(tx, companyId, id, { images: JSON.stringify(images) }),
  );
  return images;
}
