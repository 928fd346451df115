import { randomBytes } from 'node:crypto';
import { newId } from '#base/ids';
import type { Tx } from '#stores/database';
import { insertDisclosures } from './disclosure-table.ts';
import {
  chainOf,
  disclosureDigest,
  eventBody,
  eventBytes,
  eventHash,
  type Fact,
  type RecordedEvent,
} from './event.ts';
import { type EvidenceTables, type Head, insertEvents, lockHeads, writeHeads } from './event-table.ts';
import type { EventData } from './event-value.ts';

const saltBytes = 16; // 128 bits: a digest of a short address cannot be guessed back (RFC 9901 §9.3)

/**
 * Records facts in the caller's transaction, in the given order, and returns them as events. The heads of all chains
 * concerned stay locked until the transaction ends, so make this the last thing that a transaction does.
 * Refuses, by throwing, data that canonical JSON cannot hold and events over 64 KiB.
 */
export async function record(tx: Tx<EvidenceTables>, facts: readonly Fact[]): Promise<RecordedEvent[]> {
  if (facts.length === 0) return [];
  const heads = await lockHeads(tx, new Map(facts.map((fact) => [chainOf(fact), fact.companyId])));
  const written = facts.map((fact) => chainOn(heads.get(chainOf(fact)), fact));
  await insertEvents(
    tx,
    written.map(({ event, own, chain }) => toRow(event, own, chain)),
  );
  await insertDisclosures(
    tx,
    written.flatMap(({ event, hidden }) =>
      hidden.map((one) => ({ ...one, eventId: event.id, companyId: event.companyId })),
    ),
  );
  await writeHeads(tx, [...heads.values()]);
  return written.map(({ event }) => event);
}

/** Makes the next event of a chain and moves the head on. */
function chainOn(head: Head | undefined, fact: Fact) {
  if (!head || head.companyId !== fact.companyId)
    throw new Error('An event must belong to the company of its chain.');
  const id = newId('event', fact.at);
  const hidden = Object.entries(fact.personal ?? {}).map(([name, value]) => ({
    name,
    value,
    salt: randomBytes(saltBytes),
  }));
  const own = fact.data ?? {};
  const prev = head.hash;
  const certainty = fact.certainty ?? 'certain';
  const digests = hidden.map((one) => disclosureDigest(one.salt, one.name, one.value)).sort();
  const raw = eventBytes(eventBody({ ...fact, id, n: head.n + 1, prev, certainty, data: own, digests }));
  head.n += 1;
  head.hash = eventHash(raw);
  const event: RecordedEvent = {
    id,
    logIndex: null,
    companyId: fact.companyId,
    dispatchId: fact.dispatchId ?? null,
    messageId: fact.messageId ?? null,
    documentId: fact.documentId ?? null,
    n: head.n,
    type: fact.type,
    at: fact.at,
    actor: fact.actor,
    certainty,
    data: { ...own, ...fact.personal },
    raw,
    hash: head.hash,
    prev,
  };
  return { event, own, hidden, chain: head.chain };
}

function toRow(event: RecordedEvent, own: EventData, chain: string) {
  return {
    id: event.id,
    company_id: event.companyId,
    chain,
    n: event.n,
    dispatch_id: event.dispatchId,
    message_id: event.messageId,
    document_id: event.documentId,
    type: event.type,
    at: event.at,
    actor: event.actor,
    certainty: event.certainty,
    data: own,
    raw: event.raw,
    hash: event.hash,
    prev: event.prev,
  };
}
