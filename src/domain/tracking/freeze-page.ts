import { newId } from '#base/ids';
import { type EvidenceTables, type Fact, record } from '#domain/evidence';
import type { Tx } from '#stores/database';
import type { FileStore } from '#stores/files';
import {
  type FrozenPage,
  type FrozenPageTables,
  insertFrozenPage,
  type UnfrozenPage,
  updateFrozen,
} from './frozen-page-table.ts';
import type { LinkTables } from './link-table.ts';

/** What stands where a recipient's own addresses stood; whoever shows the page puts addresses of his own there. */
export const pagePlaceholder = '{{page}}';

/** A page to be kept: its HTML without any recipient's address, and what it shows. */
export type PageToFreeze = Omit<FrozenPage, 'id' | 'sha256' | 'frozenAt'> & { readonly html: string };

/** Puts the bytes away; to be called outside of a transaction, because the store may be elsewhere. Returns what to note. */
export async function storePage(files: FileStore, page: PageToFreeze, now: Date): Promise<FrozenPage> {
  const { html, ...rest } = page;
  const sha256 = await files.put(page.companyId, Buffer.from(html));
  return { ...rest, id: newId('frozenPage', now), sha256, frozenAt: now };
}

/** Notes a page whose bytes are put away; one that is kept already stays as it was. */
export async function notePage(tx: Tx<FrozenPageTables & LinkTables>, page: FrozenPage): Promise<void> {
  await insertFrozenPage(tx, page);
}

/** An event holds 64 KiB: the pictures of so many pages have room in it. */
const mostImages = 300;

/** Notes the page of a dispatch as it was when its mails left, and records what it was made of. */
export async function noteDispatchPage(
  tx: Tx<FrozenPageTables & LinkTables & EvidenceTables>,
  of: UnfrozenPage,
  page: FrozenPage | null,
): Promise<void> {
  const isNew = page !== null && (await insertFrozenPage(tx, page));
  await updateFrozen(tx, of, page?.frozenAt ?? of.handedOverAt);
  if (isNew) await record(tx, [keptFact(page)]);
}

function keptFact({ id, companyId, dispatchId, frozenAt, language, sha256, logo, images }: FrozenPage): Fact {
  const shown = images.slice(0, mostImages).map((one) => ({ ...one }));
  return {
    type: 'dispatch.page_kept',
    ...{ companyId, dispatchId, at: frozenAt, actor: 'system' },
    data: { page: id, language, pageSha256: sha256, ...(logo ? { logoSha256: logo } : {}), images: shown },
  };
}
