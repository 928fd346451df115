import { type EvidenceTables, type RecordedEvent, readEvents } from '#domain/evidence';
import { isAside, type Message } from '#domain/outbox';
import { asJudgedNow, type Ruleset } from '#domain/tracking';
import type { Tx } from '#stores/database';
import type { EventModel } from '../screens/event-words.ts';

/** An event for the timeline; `who` is named where it is about one recipient. */
export function eventModel(
  event: RecordedEvent,
  messages: ReadonlyMap<string, Message>,
  ruleset?: Ruleset,
): EventModel {
  const message = event.messageId ? messages.get(event.messageId) : undefined;
  return {
    type: event.type,
    at: event.at,
    actor: event.actor,
    certainty: event.certainty,
    data: event.data,
    ...(ruleset ? { sources: ruleset.sources } : {}),
    who: message ? message.name || message.address : partnerOf(event),
  };
}

/** The newest events of a dispatch, so many of each message, as they are judged now, oldest first; and whether there are older ones. */
export async function newestEvents(
  tx: Tx<EvidenceTables>,
  dispatchId: string,
  mostOfEach: number,
): Promise<{ readonly events: readonly RecordedEvent[]; readonly isCut: boolean }> {
  const read = await readEvents(tx, { kind: 'newest_of_each', id: dispatchId, limit: mostOfEach + 1 });
  const left = new Map<string | null, number>();
  const events = read.toReversed().filter(({ messageId }) => {
    const count = (left.get(messageId) ?? 0) + 1;
    left.set(messageId, count);
    return count <= mostOfEach;
  });
  return { events: asJudgedNow(events.toReversed()), isCut: events.length < read.length };
}

/** What happened to a dispatch, oldest first, with the sources of `ruleset`: without what says nothing new, and without the sender's own duplicate. */
export function dispatchEvents(
  events: readonly RecordedEvent[],
  messages: ReadonlyMap<string, Message>,
  ruleset: Ruleset,
): EventModel[] {
  return events
    .filter((event) => event.type !== 'message.queued')
    .filter((event) => !event.messageId || !isAside(messages.get(event.messageId)))
    .map((event) => eventModel(event, messages, ruleset));
}

/** In the network a company stands at the other end, not a mailbox. */
function partnerOf({ data }: RecordedEvent): string | null {
  return data['via'] === 'network' && typeof data['partner'] === 'string' ? data['partner'] : null;
}
