import type { Language } from '#base/language';
import { getCompany } from '#domain/accounts';
import { getDocuments, getPageImages } from '#domain/documents';
import { responsesTo } from '#domain/responses';
import type { Tx } from '#stores/database';
import { renderDocumentPage } from './document-page.tsx';
import type { PortalTables } from './portal-deps.ts';
import type { ShownDocument } from './read-page.ts';
import { wordingIn } from './wording.ts';

export interface PortalPreview {
  readonly companyId: string;
  readonly documentIds: readonly string[];
  readonly language: Language;
  /** Where the page would lie: its pictures and files are looked for below it. */
  readonly url: string;
}

/**
 * The customer's page as staff look at it before or after it was sent: the same page without its script, so that nothing is
 * ever counted. Null when there is no such document.
 */
export async function renderPreview(
  tx: Tx<PortalTables>,
  { companyId, documentIds, language, url }: PortalPreview,
  now: Date,
): Promise<string | null> {
  const company = await getCompany(tx, companyId);
  const found = await getDocuments(tx, companyId, documentIds);
  if (!company || found.length === 0) return null;
  const documents: ShownDocument[] = [];
  for (const document of found)
    documents.push({ document, images: await getPageImages(tx, companyId, document.id) });
  const responses = await responsesTo(tx, companyId, documentIds);
  const urls = { page: url, recorded: '#' };
  return String(
    await renderDocumentPage({ company, documents, responses }, wordingIn(language), urls, now, {
      followed: 'none',
      mayAnswer: true,
    }),
  );
}
