import { isLanguage } from '#base/language';
import type { Clock } from '#base/time';
import { minute } from '#base/time';
import { getCompany } from '#domain/accounts';
import { getDocuments, getPageImages } from '#domain/documents';
import { listDeliveries } from '#domain/registered';
import { listUnfrozen, noteDispatchPage, storePage, type UnfrozenPage } from '#domain/tracking';
import { asWorker, type Database } from '#stores/database';
import type { FileStore } from '#stores/files';
import { renderDocumentPage } from './document-page.tsx';
import { freezeHtml, pageToFreeze } from './freeze-html.ts';
import type { PortalTables } from './portal-deps.ts';
import type { ShownDocument } from './read-page.ts';
import { wordingIn } from './wording.ts';

export interface FreezeDeps {
  readonly database: Database<PortalTables>;
  readonly files: FileStore;
  readonly clock: Clock;
}

const atOnce = 50;
const patience = 10 * minute; // pictures of pages are drawn within seconds; a file that resists must not keep its page from being kept
const nowhere = '/frozen-page';

/**
 * Keeps the customers' pages of mails that have left, as they are now. Pages whose pictures are still being drawn wait. Returns how
 * many were kept, so that the caller knows whether to go on.
 */
export async function freezeDispatches(deps: FreezeDeps): Promise<number> {
  const waiting = await asWorker(deps.database, (tx) => listUnfrozen(tx, atOnce));
  let count = 0;
  for (const one of waiting) if (await freezeOne(deps, one)) count += 1;
  return count;
}

async function freezeOne(deps: FreezeDeps, of: UnfrozenPage): Promise<boolean> {
  const now = deps.clock();
  const { companyId, dispatchId } = of;
  const content = await asWorker(deps.database, async (tx) => {
    // Behind a code there is another page: this one was never served, and must not be kept as if it had been.
    if ((await listDeliveries(tx, companyId, { dispatchId })).length > 0) return null;
    const company = await getCompany(tx, companyId);
    const documents: ShownDocument[] = [];
    for (const document of await getDocuments(tx, companyId, of.documentIds))
      documents.push({ document, images: await getPageImages(tx, companyId, document.id) });
    return company ? { company, documents, responses: [] } : null; // nobody has seen it yet
  });
  const isDrawing = content?.documents.some(({ document }) => document.images === 'waiting') ?? false;
  if (isDrawing && now.getTime() - of.handedOverAt.getTime() < patience) return false;
  if (!content || content.documents.length === 0) {
    await asWorker(deps.database, (tx) => noteDispatchPage(tx, of, null));
    return true;
  }
  const language = isLanguage(of.language) ? of.language : content.company.language;
  const urls = { page: nowhere, recorded: '#' };
  const html = String(
    await renderDocumentPage(content, wordingIn(language), urls, now, {
      followed: 'none',
      mayAnswer: true,
    }),
  );
  const page = pageToFreeze(
    content,
    { companyId, dispatchId, messageId: null, language },
    freezeHtml(html, { url: nowhere, recorded: '#', content, t: wordingIn(language) }),
  );
  const kept = await storePage(deps.files, page, now);
  await asWorker(deps.database, (tx) => noteDispatchPage(tx, of, kept));
  return true;
}
