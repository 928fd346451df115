import { type Contact, type CustomerTables, getContactsByAddress } from '#domain/customers';
import { type EvidenceTables, eventsOfContact, type RecordedEvent } from '#domain/evidence';
import type { ExportTables } from '#domain/exports';
import { getMessages, type Message, messageIdsTo, type OutboxTables } from '#domain/outbox';
import type { RegisteredTables } from '#domain/registered';
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

export type PersonTables = CustomerTables &
  EvidenceTables &
  ExportTables &
  OutboxTables &
  RegisteredTables &
  TrackingTables;

/** What is recorded about whoever gets mail at an address. */
export interface PersonRecord {
  readonly address: string;
  readonly contacts: readonly Contact[];
  /** How contact and consent changed, oldest first. */
  readonly changes: readonly RecordedEvent[];
  /** Newest first, a page of them. */
  readonly messages: readonly {
    readonly message: Message;
    readonly engagement: Engagement;
    readonly link: Link | null;
    readonly hits: readonly RecordedHit[];
  }[];
  /** How many there are in all. */
  readonly messageCount: number;
  /** The id of the last message here, to ask for those before it; null where this page is the last. */
  readonly next: string | null;
}

/** Which of the messages: those older than the one of this id (null: from the newest), so many at most. */
export interface PersonPage {
  readonly before: string | null;
  readonly limit: number;
}

export const mostPersonMessages = 500;

/** Gathers it all within one company, a page of the messages with each call. */
export async function personRecord(
  tx: Tx<PersonTables>,
  companyId: string,
  address: string,
  { before, limit }: PersonPage = { before: null, limit: mostPersonMessages },
): Promise<PersonRecord> {
  const contacts = await getContactsByAddress(tx, companyId, [address]);
  const ids = (await messageIdsTo(tx, companyId, address)).sort().reverse();
  const from = before === null ? ids : ids.filter((id) => id < before);
  const shown = from.slice(0, limit);
  const messages = shown.length > 0 ? await getMessages(tx, companyId, { ids: shown }) : [];
  const engagements = new Map((await engagementsOf(tx, shown)).map((one) => [one.messageId, one]));
  const links = new Map((await linksOf(tx, shown)).map((link) => [link.messageId, link]));
  const records: PersonRecord['messages'][number][] = [];
  const byId = new Map(messages.map((message) => [message.id, message]));
  for (const id of shown) {
    const [message, engagement] = [byId.get(id), engagements.get(id)];
    if (!message || !engagement) continue;
    const hits = await hitsOf(tx, companyId, message.id);
    records.push({ message, engagement, link: links.get(message.id) ?? null, hits });
  }
  const changes: RecordedEvent[] = [];
  for (const contact of contacts) changes.push(...(await eventsOfContact(tx, companyId, contact.id)));
  return {
    address,
    contacts,
    changes,
    messages: records,
    messageCount: ids.length,
    next: from.length > limit ? (shown.at(-1) ?? null) : null,
  };
}
