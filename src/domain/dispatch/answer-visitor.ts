import { ownerOf } from '#domain/accounts';
import { refuseTracking } from '#domain/customers';
import { getMessages, messageIdsTo } from '#domain/outbox';
import { getDelivery } from '#domain/registered';
import { type Link, linksOf, silenceLinks } from '#domain/tracking';
import { asWorker, type Database, inCompany } from '#stores/database';
import type { Author } from './dispatch-request.ts';
import { portalId } from './hold-to-plan.ts';
import { resendMessage } from './resend-message.ts';
import type { SubmitSettings } from './submit-dispatch.ts';
import type { SubmitTables } from './submit-tables.ts';

/**
 * Somebody with an expired link asks for a new one: the documents go again to the mailbox they went to, and to no other. False
 * when nothing was sent: a link that was revoked, or a message that another one replaced (its address was wrong), stays closed.
 */
export async function sendNewLink(
  database: Database<SubmitTables>,
  settings: SubmitSettings,
  messageId: string,
  now: Date,
): Promise<boolean> {
  const link = await linkOf(database, messageId);
  if (!link || link.revokedAt) return false;
  const { companyId } = link;
  return inCompany(database, companyId, async (tx) => {
    const [message] = await getMessages(tx, companyId, { ids: [messageId] });
    const owner = await ownerOf(tx, companyId);
    // Behind a code there is nothing that a new link would have to open: the old one still leads to the page.
    const isBehindCode = (await getDelivery(tx, messageId)) !== null;
    if (!message || message.replacedBy || !owner || isBehindCode) return false;
    const author: Author = { actor: 'program', id: portalId, name: 'Portal', user: owner };
    return (await resendMessage(tx, settings, { companyId, messageId, author }, now)).ok;
  });
}

/** The recipient withdraws: nothing more is recorded about mails to that address, those sent before and those to come. */
export async function stopTracking(
  database: Database<SubmitTables>,
  messageId: string,
  now: Date,
): Promise<void> {
  const link = await linkOf(database, messageId);
  if (!link) return;
  const { companyId } = link;
  return inCompany(database, companyId, async (tx) => {
    const [message] = await getMessages(tx, companyId, { ids: [messageId] });
    if (!message) return;
    await silenceLinks(tx, await messageIdsTo(tx, companyId, message.address));
    const refusal = { companyId, address: message.address, way: 'withdrawn' as const };
    await refuseTracking(tx, refusal, now);
  });
}

/** A visitor's token names a message; whose it is, its link knows. */
async function linkOf(database: Database<SubmitTables>, messageId: string): Promise<Link | undefined> {
  const [link] = await asWorker(database, (tx) => linksOf(tx, [messageId]));
  return link;
}
