import { type Contact, type CustomerTables, getContactsByAddress } from '#domain/customers';
import { type EvidenceTables, eventsOfContact, type RecordedEvent } from '#domain/evidence';
import type { ExportTables } from '#domain/exports';
import { getMessages, type Message, messageIdsTo, type OutboxTables } from '#domain/outbox';
import {
  type Engagement,
  engagementsOf,
  hitsOf,
  type Link,
  linksOf,
  type RecordedHit,
  type TrackingTables,
} from '#domain/tracking';
import type { Tx } from '#stores/database';

export type PersonTables = CustomerTables & EvidenceTables & ExportTables & OutboxTables & TrackingTables;

/** What is recorded about whoever gets mail at an address. */
export interface PersonRecord {
  readonly address: string;
  readonly contacts: readonly Contact[];
  /** How contact and consent changed, oldest first. */
  readonly changes: readonly RecordedEvent[];
  /** Newest first, up to `mostMessages`. */
  readonly messages: readonly {
    readonly message: Message;
    readonly engagement: Engagement;
    readonly link: Link | null;
    readonly hits: readonly RecordedHit[];
  }[];
  readonly messageCount: number;
}

const mostMessages = 500;

/** Gathers it all within one company. */
export async function personRecord(
  tx: Tx<PersonTables>,
  companyId: string,
  address: string,
): Promise<PersonRecord> {
  const contacts = await getContactsByAddress(tx, companyId, [address]);
  const ids = (await messageIdsTo(tx, companyId, address)).sort().reverse();
  const shown = ids.slice(0, mostMessages);
  const messages = shown.length > 0 ? await getMessages(tx, companyId, { ids: shown }) : [];
  const engagements = new Map((await engagementsOf(tx, shown)).map((one) => [one.messageId, one]));
  const links = new Map((await linksOf(tx, shown)).map((link) => [link.messageId, link]));
  const records: PersonRecord['messages'][number][] = [];
  for (const message of [...messages].sort((a, b) => b.createdAt.getTime() - a.createdAt.getTime())) {
    const engagement = engagements.get(message.id);
    if (!engagement) continue;
    const hits = await hitsOf(tx, companyId, message.id);
    records.push({ message, engagement, link: links.get(message.id) ?? null, hits });
  }
  const changes: RecordedEvent[] = [];
  for (const contact of contacts) changes.push(...(await eventsOfContact(tx, companyId, contact.id)));
  return { address, contacts, changes, messages: records, messageCount: ids.length };
}
