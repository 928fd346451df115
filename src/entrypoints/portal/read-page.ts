import { type Company, getCompany } from '#domain/accounts';
import { type Document, getDocuments, getPageImages, type PageImage } from '#domain/documents';
import { type DeliveryTables, getHeld } from '#domain/registered';
import { type CustomerResponse, responsesTo } from '#domain/responses';
import { findLink, type Link, readToken, type TrackingTables } from '#domain/tracking';
import { asWorker, type Tx } from '#stores/database';
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
      readonly isBehindCode?: boolean;
    };

/** Looks up what a page token stands for. Never tells the visitor more than open or closed. */
export async function openToken(deps: Portal, token: string): Promise<Opened> {
  const known = deps.links.get(token);
  if (known) return { kind: 'open', link: known };
  const read = readToken(deps.linkKey, 'page', token);
  if (!read) return closed;
  const opened = await asWorker(deps.database, (tx) => openLink(tx, read, deps.clock()));
  if (opened.kind === 'open') deps.links.set(token, opened.link);
  return opened;
}

const closed = { kind: 'closed', ours: null } as const;

async function openLink(
  tx: Tx<TrackingTables & DeliveryTables>,
  read: { readonly messageId: string; readonly generation: number },
  now: Date,
): Promise<Opened> {
  const found = await findLink(tx, read, now);
  if (!found) return closed;
  // Content behind a code has a page of its own; this one must not open it.
  if (await getHeld(tx, read.messageId)) return { kind: 'closed', ours: null, isBehindCode: true };
  if (found.state === 'open') return { kind: 'open', link: found.link };
  return { kind: 'closed', ours: { ...read, failure: found.state } };
}

export interface PageContent {
  readonly link: Link;
  readonly company: Company;
  readonly documents: readonly ShownDocument[];
  readonly responses: readonly CustomerResponse[];
}

/** Looks up a page token with all that its page shows, in one transaction. */
export async function openContent(
  deps: Portal,
  token: string,
): Promise<Exclude<Opened, { kind: 'open' }> | ({ readonly kind: 'open' } & PageContent)> {
  const read = readToken(deps.linkKey, 'page', token);
  if (!read) return closed;
  return asWorker(deps.database, async (tx) => {
    const opened = await openLink(tx, read, deps.clock());
    if (opened.kind === 'closed') return opened;
    const { link } = opened;
    const company = await getCompany(tx, link.companyId);
    const documents: ShownDocument[] = [];
    for (const document of await getDocuments(tx, link.companyId, link.documentIds))
      documents.push({ document, images: await getPageImages(tx, link.companyId, document.id) });
    const responses = await responsesTo(tx, link.companyId, link.documentIds);
    return company && documents.length > 0 ? { kind: 'open', link, company, documents, responses } : closed;
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
