import { newId } from '#base/ids';
import { hour } from '#base/time';
import { ownerOf, type User } from '#domain/accounts';
import { type DispatchRequest, type SubmitSettings, submitDispatch } from '#domain/dispatch';
import { record } from '#domain/evidence';
import type { Link } from '#domain/tracking';
import { parseAddress } from '#mail/address';
import { type About, type RespondRefusal, type RespondTx, readAbout } from './about.ts';
import { keepResponse } from './keep-response.ts';
import type { CustomerResponse } from './response.ts';
import { countOfMessage } from './response-table.ts';
import { factOf } from './take-response.ts';

export type Forwarded =
  | { readonly ok: true; readonly response: CustomerResponse }
  | { readonly ok: false; readonly reason: RespondRefusal | 'address_invalid' };

const mostPerHour = 3;

/**
 * Passes the documents of a link on to a colleague: a dispatch of its own to that address, with a link of its own, in the caller's transaction.
 * The text is the company's: a visitor cannot write to strangers in its name. Refuses what is no address, and more than three within an hour.
 */
export async function forwardDocument(
  tx: RespondTx,
  settings: SubmitSettings,
  at: { readonly link: Link; readonly documentId: string },
  to: string,
  now: Date,
): Promise<Forwarded> {
  const about = await readAbout(tx, at.link, at.documentId);
  if (!about) return { ok: false, reason: 'not_open' };
  const parsed = parseAddress(to.slice(0, 400));
  if (!parsed.ok) return { ok: false, reason: 'address_invalid' };
  const { company, dispatch, message, document } = about;
  const which = { messageId: message.id, kind: 'forwarded' as const, since: new Date(now.getTime() - hour) };
  const owner = await ownerOf(tx, company.id);
  if (!owner || (await countOfMessage(tx, company.id, which)) >= mostPerHour)
    return { ok: false, reason: 'too_often' };
  const { address } = parsed.address;
  const sent = await submitDispatch(tx, settings, orderTo(about, owner, address), now);
  if (!sent.ok) return { ok: false, reason: 'not_open' };
  const response: CustomerResponse = {
    id: newId('response', now),
    companyId: company.id,
    dispatchId: dispatch.id,
    messageId: message.id,
    documentId: document.id,
    kind: 'forwarded',
    name: message.name || message.address,
    text: '',
    data: { to: address },
    at: now,
  };
  await keepResponse(tx, response);
  await record(tx, [factOf(response, { dispatch: sent.dispatch.id })]);
  return { ok: true, response };
}

/** The same documents to somebody else, as the portal's own act. */
function orderTo({ company, dispatch }: About, owner: User, address: string): DispatchRequest {
  return {
    companyId: company.id,
    author: { actor: 'program', id: 'portal', name: 'Portal', user: owner },
    origin: 'api',
    documentIds: dispatch.documentIds,
    purpose: 'first',
    to: [address],
    cc: [],
    bcc: [],
    senderId: dispatch.senderId ?? undefined,
    language: dispatch.language,
    attach: dispatch.attach,
    link: true,
    tracking: dispatch.tracking,
    copyToSender: false,
    undoSeconds: 0,
  };
}
