import { type AccountTables, getCompany } from '#domain/accounts';
import { record } from '#domain/evidence';
import { getMessages } from '#domain/outbox';
import { linksOf } from '#domain/tracking';
import { asWorker, type Database, inCompany } from '#stores/database';
import { erasePerson } from './erase-person.ts';
import type { PersonTables } from './person-record.ts';

export interface PersonRequest {
  /** The message whose link he has. */
  readonly messageId: string;
  readonly wants: 'export' | 'erasure';
}

/**
 * A recipient asks for what is recorded about him, or that it be erased (Regulation (EU) 2016/679 art. 15 and 17). It is recorded; a notice
 * asks somebody of the company to do it, or the erasure is done at once where the company has chosen so. Contacts stay then: the company
 * still has to reach him. Null: there is no such message.
 */
export async function takeRequest(
  database: Database<PersonTables & AccountTables>,
  { messageId, wants }: PersonRequest,
  now: Date,
): Promise<'asked' | 'erased' | null> {
  const [link] = await asWorker(database, (tx) => linksOf(tx, [messageId]));
  if (!link) return null;
  const { companyId, dispatchId } = link;
  return inCompany(database, companyId, async (tx) => {
    const company = await getCompany(tx, companyId);
    const [message] = await getMessages(tx, companyId, { ids: [messageId] });
    if (!company || !message) return null;
    const automatic = wants === 'erasure' && company.erasureOnRequest === 'automatic';
    const about = { companyId, dispatchId, messageId, at: now, actor: 'unknown' as const };
    const type = wants === 'export' ? 'contact.export_requested' : 'contact.erasure_requested';
    await record(tx, [{ ...about, type, data: { automatic } }]);
    if (!automatic) return 'asked';
    const by = { actor: 'system', id: 'request' } as const;
    await erasePerson(tx, { companyId, address: message.address, by, keepContacts: true }, now);
    return 'erased';
  });
}
