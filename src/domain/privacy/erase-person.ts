import { getContactsByAddress, refuseTracking, removeContact } from '#domain/customers';
import type { By } from '#domain/documents';
import { eraseFields, eventsOfContact, eventsWithFields, readEvents, record } from '#domain/evidence';
import { endExports } from '#domain/exports';
import { getMessages, messageIdsTo } from '#domain/outbox';
import { forgetDelegates, forgetMobiles } from '#domain/registered';
import { forgetHitsOn, holdsOf, linksOf, silenceLinks } from '#domain/tracking';
import { sameAddress } from '#mail/address';
import type { Tx } from '#stores/database';
import type { PersonTables } from './person-record.ts';

/** What was erased; `held` counts e-mails that stay whole because of a legal hold. */
export interface Erased {
  readonly messages: number;
  readonly hits: number;
  readonly fields: number;
  readonly contacts: number;
  readonly held: number;
}

/**
 * Erases what is recorded about whoever gets mail at an address: details of visits, personal fields of events, his name as a delegate, his contacts. Neither his links nor
 * those of mails to come record anything from now on. Exports of everything end: they hold what is erased. Events and hashes stay, and every proof still holds.
 */
export async function erasePerson(
  tx: Tx<PersonTables>,
  of: {
    readonly companyId: string;
    readonly address: string;
    readonly by: By;
    /** The company still writes to him. */
    readonly keepContacts?: boolean;
  },
  now: Date,
): Promise<Erased> {
  const { companyId, address, by } = of;
  await endExports(tx, companyId, now);
  const all = await messageIdsTo(tx, companyId, address);
  const links = await linksOf(tx, all);
  const holds = await holdsOf(tx, companyId, [...new Set(links.map((link) => link.dispatchId))]);
  const heldDispatches = new Set(holds.map((hold) => hold.dispatchId));
  const held = new Set(
    links.filter((link) => heldDispatches.has(link.dispatchId)).map((link) => link.messageId),
  );
  const messageIds = all.filter((id) => !held.has(id));
  await silenceLinks(tx, all);
  const hits = await forgetHitsOn(tx, companyId, messageIds);
  await forgetDelegates(tx, messageIds);
  await forgetMobiles(tx, messageIds);
  const contacts = of.keepContacts ? [] : await getContactsByAddress(tx, companyId, [address]);
  const ofContacts: string[] = [];
  for (const contact of contacts) {
    await removeContact(tx, { companyId, customerId: contact.customerId, contactId: contact.id, by }, now);
    ofContacts.push(...(await eventsOfContact(tx, companyId, contact.id)).map((event) => event.id));
  }
  await refuseTracking(tx, { companyId, address, way: 'erased' }, now);
  const eventIds = [
    ...(await eventsWithFields(tx, { companyId, messageIds })),
    ...(await eventsOfHisAlone(tx, companyId, address, messageIds)),
    ...ofContacts,
  ];
  const fields = await eraseFields(tx, { companyId, eventIds, ground: 'request', actor: by.actor }, now);
  const erased = { messages: messageIds.length, hits, fields, contacts: contacts.length, held: held.size };
  await record(tx, [
    { type: 'contact.erased', companyId, at: now, actor: by.actor, data: { by: by.id, ...erased } },
  ]);
  return erased;
}

/** Events of dispatches as a whole, which name all recipients: only where there was no other, because theirs is another record. */
async function eventsOfHisAlone(
  tx: Tx<PersonTables>,
  companyId: string,
  address: string,
  messageIds: readonly string[],
): Promise<string[]> {
  if (messageIds.length === 0) return [];
  const own = await getMessages(tx, companyId, { ids: messageIds });
  const dispatchIds = [...new Set(own.map((message) => message.dispatchId))];
  const all = await getMessages(tx, companyId, { dispatchIds });
  const isHis = (id: string): boolean =>
    all.every((one) => one.dispatchId !== id || one.role === 'copy' || sameAddress(one.address, address));
  const events: string[] = [];
  for (const id of dispatchIds.filter(isHis))
    for (const event of await readEvents(tx, { kind: 'dispatch', id, limit: 20 }))
      if (event.messageId === null) events.push(event.id);
  return events;
}
