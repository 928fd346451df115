import { getDispatches, isBehindCode, markContentErased } from '#domain/dispatch';
import type { By } from '#domain/documents';
import { eraseFields, readEvents, record } from '#domain/evidence';
import { endExports } from '#domain/exports';
import { forgetLetter, forgetMails, getMessages, isUnderWay } from '#domain/outbox';
import { forgetContent, isContentForgettable } from '#domain/registered';
import { sharedReturns } from '#domain/returns';
import { forgetFrozenPages, holdsOf, revokeLinks } from '#domain/tracking';
import { forgetSandboxMails } from '#domain/transports';
import { type Database, inCompany, type Tx } from '#stores/database';
import type { FileStore } from '#stores/files';
import type { ErasureTables } from './erasure-tables.ts';
import { ownFilesOf } from './own-files.ts';

export interface ErasureOrder {
  readonly companyId: string;
  readonly dispatchId: string;
  readonly by: By & { readonly name: string };
  /** Kept with the event; up to 500 characters. */
  readonly reason: string;
}

export type ErasureRefusal = 'not_found' | 'reason_missing' | 'already_erased' | 'on_hold' | 'under_way';
export type Erased =
  | { readonly ok: true; readonly mails: number; readonly files: number }
  | { readonly ok: false; readonly reason: ErasureRefusal };

const longestReason = 500;
/** More events than a dispatch of 100 recipients makes in years. */
const mostEvents = 20_000;
/** So that an event stays below its 64 KiB. */
const mostHashes = 500;

/**
 * Erases what one dispatch has sent, as the README says, and records it. The rows go in one transaction; the bytes after it, so that a crash in between
 * leaves bytes that nothing leads to. Refuses, with why, what is on hold or may still leave or be opened.
 */
export async function eraseContent(
  deps: { readonly database: Database<ErasureTables>; readonly files: FileStore },
  order: ErasureOrder,
  now: Date,
): Promise<Erased> {
  const { companyId } = order;
  const done = await inCompany(deps.database, companyId, (tx) => eraseRows(tx, order, now));
  if (!done.ok) return done;
  for (const sha256 of done.gone) await deps.files.remove(companyId, sha256);
  return { ok: true, mails: done.mails, files: done.gone.length };
}

type RowsErased =
  | { readonly ok: true; readonly mails: number; readonly gone: readonly string[] }
  | { readonly ok: false; readonly reason: ErasureRefusal };

async function eraseRows(tx: Tx<ErasureTables>, order: ErasureOrder, now: Date): Promise<RowsErased> {
  const { companyId, dispatchId } = order;
  const reason = order.reason.trim().slice(0, longestReason);
  if (reason === '') return { ok: false, reason: 'reason_missing' };
  const [dispatch] = await getDispatches(tx, companyId, { ids: [dispatchId] });
  if (!dispatch) return { ok: false, reason: 'not_found' };
  const messages = await getMessages(tx, companyId, { dispatchIds: [dispatchId] });
  const holds = await holdsOf(tx, companyId, [dispatchId]);
  if (holds.length > 0) return { ok: false, reason: 'on_hold' };
  if (messages.some(isUnderWay) || !(await isContentForgettable(tx, companyId, dispatchId)))
    return { ok: false, reason: 'under_way' };
  if (!(await markContentErased(tx, companyId, dispatchId, now)))
    return { ok: false, reason: 'already_erased' };
  const ids = messages.map((message) => message.id);
  // Behind a code, the mails announce and hold nothing of the content.
  const isInMails = !isBehindCode(dispatch.service);
  const own = await ownFilesOf(tx, dispatch);
  const mails = isInMails ? await forgetMails(tx, companyId, ids) : [];
  const back = isInMails ? await whatCameBack(tx, order) : [];
  const pages = await forgetFrozenPages(tx, companyId, dispatchId);
  const sealed = await forgetContent(tx, companyId, dispatchId);
  if (dispatch.letterId) await forgetLetter(tx, companyId, dispatch.letterId);
  if (isInMails) {
    await revokeLinks(tx, ids, now);
    await forgetSandboxMails(tx, companyId, ids);
  }
  await endExports(tx, companyId, now);
  await eraseSubject(tx, order, now);
  const gone = [...new Set([...back, ...pages, ...sealed, ...own])];
  const [documentId = null] = dispatch.documentIds;
  await recordErased(tx, { ...order, reason }, { documentId, mails, gone }, now);
  return { ok: true, mails: mails.length, gone };
}

/** Mails that came back about this dispatch alone: they quote it. What a provider has signed stays. */
async function whatCameBack(
  tx: Tx<ErasureTables>,
  { companyId, dispatchId }: ErasureOrder,
): Promise<string[]> {
  const events = await readEvents(tx, { kind: 'dispatch', id: dispatchId, limit: mostEvents });
  const back = events.flatMap(({ type, data: { returnedMail, mailSha256 } }) =>
    !type.startsWith('provider.') && typeof returnedMail === 'string' && typeof mailSha256 === 'string'
      ? [{ id: returnedMail, sha256: mailSha256 }]
      : [],
  );
  const receipts = new Set(
    events.flatMap(({ type, data }) => (type.startsWith('provider.') ? [data['mailSha256']] : [])),
  );
  const shared = await sharedReturns(tx, companyId, back);
  return back.map((one) => one.sha256).filter((sha256) => !shared.has(sha256) && !receipts.has(sha256));
}

/** The subject in the events is content too; names and addresses say who sent to whom, and stay. */
async function eraseSubject(
  tx: Tx<ErasureTables>,
  { companyId, dispatchId, by }: ErasureOrder,
  now: Date,
): Promise<void> {
  const events = await readEvents(tx, { kind: 'dispatch', id: dispatchId, limit: mostEvents });
  const eventIds = events.filter(({ type }) => type === 'dispatch.submitted').map((event) => event.id);
  const erasure = { companyId, eventIds, ground: 'content', actor: by.actor, names: ['subject'] };
  await eraseFields(tx, erasure, now);
}

interface Gone {
  readonly documentId: string | null;
  readonly mails: readonly string[];
  readonly gone: readonly string[];
}

async function recordErased(
  tx: Tx<ErasureTables>,
  { companyId, dispatchId, by, reason }: ErasureOrder,
  { documentId, mails, gone }: Gone,
  at: Date,
): Promise<void> {
  const all = [...mails, ...gone];
  const lists = Array.from({ length: Math.max(1, Math.ceil(all.length / mostHashes)) }, (_, index) =>
    all.slice(index * mostHashes, (index + 1) * mostHashes),
  );
  const personal = { byName: by.name, reason };
  await record(
    tx,
    lists.map((sha256s) => ({
      ...{ type: 'content.erased' as const, companyId, dispatchId, at, actor: by.actor, personal },
      documentId,
      data: { by: by.id, mails: mails.length, files: gone.length, sha256s },
    })),
  );
}
