import type { Tx } from '#stores/database';
import { type Link, type LinkState, linkState, type NewLink } from './link.ts';
import {
  insertLinks,
  type LinkTables,
  selectLinks,
  updateAllRevoked,
  updateCopiesCleared,
  updateHandedOver,
  updateMode,
  updateRenewed,
  updateRevoked,
} from './link-table.ts';

/** Opens the links of new messages, generation 1. Called by whoever makes the messages, in the same transaction. */
export function openLinks(tx: Tx<LinkTables>, links: readonly NewLink[]): Promise<void> {
  return insertLinks(tx, links);
}

/** The same for mails about a dispatch in which nothing leads to its page: an answer that is passed on, a receipt. Nothing is recorded of them. */
export function openLinksOfNotes(
  tx: Tx<LinkTables>,
  messageIds: readonly string[],
  of: Pick<NewLink, 'companyId' | 'dispatchId' | 'documentIds' | 'language'>,
  now: Date,
): Promise<void> {
  const closed = { mode: 'none', counted: false, expiresAt: now, leadsThere: false } as const;
  return insertLinks(
    tx,
    messageIds.map((messageId) => ({ ...of, ...closed, messageId })),
  );
}

/**
 * Notes when the mails left us; the first time stays. To be called for every outcome after which the recipient may have the
 * mail (accepted, handed off, unconfirmed): a hit on a message without it happened on the way and is no person's.
 */
export async function markHandedOver(
  tx: Tx<LinkTables>,
  messageIds: readonly string[],
  at: Date,
): Promise<void> {
  if (messageIds.length > 0) await updateHandedOver(tx, messageIds, at);
}

/**
 * Notes that no copy of these mails with their picture and links lies in the sender's Sent folder any more; the first time stays. From
 * then on nobody but the recipient can have touched them.
 */
export async function markCopiesCleared(
  tx: Tx<LinkTables>,
  companyId: string,
  messageIds: readonly string[],
  at: Date,
): Promise<void> {
  if (messageIds.length > 0) await updateCopiesCleared(tx, companyId, messageIds, at);
}

/** Closes links for good (a wrong recipient, a canceled dispatch): their tokens stop opening anything at once. */
export async function revokeLinks(
  tx: Tx<LinkTables>,
  messageIds: readonly string[],
  now: Date,
): Promise<void> {
  if (messageIds.length > 0) await updateRevoked(tx, messageIds, now);
}

/** Closes for good all links of a company, or of one of its documents (`documentId`); returns the messages whose links they were. */
export function closeLinks(
  tx: Tx<LinkTables>,
  of: { readonly companyId: string; readonly documentId: string | null },
  now: Date,
): Promise<string[]> {
  return updateAllRevoked(tx, of.companyId, of.documentId, now);
}

/**
 * Opens a link again until `expiresAt` and returns the generation of its new tokens, null for an unknown message. Older
 * tokens stay closed. The new address may go to the same mailbox only.
 */
export function renewLink(tx: Tx<LinkTables>, messageId: string, expiresAt: Date): Promise<number | null> {
  return updateRenewed(tx, messageId, expiresAt);
}

/** Records nothing any more for these messages: a recipient has withdrawn consent. Their pages and files stay open. */
export async function silenceLinks(tx: Tx<LinkTables>, messageIds: readonly string[]): Promise<void> {
  if (messageIds.length > 0) await updateMode(tx, messageIds, 'none');
}

/** The links of these messages, in no order: their generation is what tokens are made with. */
export async function linksOf(tx: Tx<LinkTables>, messageIds: readonly string[]): Promise<Link[]> {
  return messageIds.length === 0 ? [] : selectLinks(tx, messageIds);
}

/** What a token that we made stands for now; null when its message is gone. */
export async function findLink(
  tx: Tx<LinkTables>,
  token: { readonly messageId: string; readonly generation: number },
  now: Date,
): Promise<{ readonly link: Link; readonly state: LinkState } | null> {
  const [link] = await selectLinks(tx, [token.messageId]);
  return link ? { link, state: linkState(link, token.generation, now) } : null;
}
