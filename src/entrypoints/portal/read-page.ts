import { type Company, getCompany } from '#domain/accounts';
import { type Document, getDocuments, getPageImages, type PageImage } from '#domain/documents';
import { findLink, type Link, readToken } from '#domain/tracking';
import { asWorker } from '#stores/database';
import type { Portal } from './portal-deps.ts';

export interface ShownDocument {
  readonly document: Document;
  readonly images: readonly PageImage[];
}

/** What a token from outside opens. A closed one that was ours names its message, so that the failure can be noted. */
export type Opened =
  | { readonly kind: 'open'; readonly link: Link }
  | {
      readonly kind: 'closed';
      readonly ours: {
        readonly messageId: string;
        readonly generation: number;
        readonly failure: string;
      } | null;
    };

/** Looks up what a page token stands for. Never tells the visitor more than open or closed. */
export async function openToken(deps: Portal, token: string): Promise<Opened> {
  const known = deps.links.get(token);
  if (known) return { kind: 'open', link: known };
  const read = readToken(deps.linkKey, 'page', token);
  if (!read) return { kind: 'closed', ours: null };
  const now = deps.clock();
  const found = await asWorker(deps.database, (tx) => findLink(tx, read, now));
  if (!found) return { kind: 'closed', ours: null };
  if (found.state === 'open') {
    deps.links.set(token, found.link);
    return { kind: 'open', link: found.link };
  }
  return { kind: 'closed', ours: { ...read, failure: found.state } };
}

export interface PageContent {
  readonly link: Link;
  readonly company: Company;
  readonly documents: readonly ShownDocument[];
}

/** Company and documents of an open link; null when the company or all documents are gone. */
export function readContent(deps: Portal, link: Link): Promise<PageContent | null> {
  return asWorker(deps.database, async (tx) => {
    const company = await getCompany(tx, link.companyId);
    const found = await getDocuments(tx, link.companyId, link.documentIds);
    if (!company || found.length === 0) return null;
    const documents: ShownDocument[] = [];
    for (const document of found)
      documents.push({ document, images: await getPageImages(tx, link.companyId, document.id) });
    return { link, company, documents };
  });
}

/** One document of an open link with its company; null when the link does not hold it. */
export async function readLinkedDocument(
  deps: Portal,
  link: Link,
  documentId: string,
): Promise<{ readonly company: Company; readonly document: Document } | null> {
  if (!link.documentIds.includes(documentId)) return null;
  return asWorker(deps.database, async (tx) => {
    const company = await getCompany(tx, link.companyId);
    const [document] = await getDocuments(tx, link.companyId, [documentId]);
    return company && document ? { company, document } : null;
  });
}
