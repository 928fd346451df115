import { ownerOf } from '#domain/accounts';
import { changeContact, getContactsByAddress } from '#domain/customers';
import { getMessages, messageIdsTo } from '#domain/outbox';
import { linksOf, silenceLinks } from '#domain/tracking';
import { asWorker, type Database, inCompany } from '#stores/database';
import type { Author } from './dispatch-request.ts';
import { resendMessage } from './resend-message.ts';
import type { SubmitSettings, SubmitTables } from './submit-dispatch.ts';

/** Somebody with an expired or revoked link asks for a new one: the documents go again to the mailbox they went to, and to no other. */
export async function sendNewLink(
  database: Database<SubmitTables>,
  settings: SubmitSettings,
  messageId: string,
  now: Date,
): Promise<boolean> {
  const companyId = await companyOf(database, messageId);
  if (!companyId) return false;
  return inCompany(database, companyId, async (tx) => {
    const owner = await ownerOf(tx, companyId);
    if (!owner) return false;
    const author: Author = { actor: 'program', id: 'portal', name: 'Portal', user: owner };
    return (await resendMessage(tx, settings, { companyId, messageId, author }, now)).ok;
  });
}

/** The recipient withdraws: nothing more is recorded about mails to that address, those sent before included. */
export async function stopTracking(
  database: Database<SubmitTables>,
  messageId: string,
  now: Date,
): Promise<void> {
  const companyId = await companyOf(database, messageId);
  if (!companyId) return;
  return inCompany(database, companyId, async (tx) => {
    const [message] = await getMessages(tx, companyId, { ids: [messageId] });
    if (!message) return;
    await silenceLinks(tx, await messageIdsTo(tx, companyId, message.address));
    for (const contact of await getContactsByAddress(tx, companyId, [message.address])) {
      const which = {
        companyId,
        customerId: contact.customerId,
        contactId: contact.id,
        by: { actor: 'system' as const, id: null },
      };
      await changeContact(
        tx,
        which,
        { ...contact, tracking: 'denied', trackingHow: 'withdrawn on the portal' },
        now,
      );
    }
  });
}

/** A visitor's token names a message; whose it is, its link knows. */
async function companyOf(database: Database<SubmitTables>, messageId: string): Promise<string | null> {
  const [link] = await asWorker(database, (tx) => linksOf(tx, [messageId]));
  return link?.companyId ?? null;
}
