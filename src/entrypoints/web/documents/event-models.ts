import type { RecordedEvent } from '#domain/evidence';
import { isAside, type Message } from '#domain/outbox';
import type { EventModel } from '../screens/event-words.ts';

/** An event for the timeline; `who` is named where it is about one recipient. */
export function eventModel(event: RecordedEvent, messages: ReadonlyMap<string, Message>): EventModel {
  const message = event.messageId ? messages.get(event.messageId) : undefined;
  return {
    type: event.type,
    at: event.at,
    actor: event.actor,
    certainty: event.certainty,
    data: event.data,
    who: message ? message.name || message.address : partnerOf(event),
  };
}

/** What happened to a dispatch, oldest first: without what says nothing new, and without the sender's own duplicate. */
export function dispatchEvents(
  events: readonly RecordedEvent[],
  messages: ReadonlyMap<string, Message>,
): EventModel[] {
  return events
    .filter((event) => event.type !== 'message.queued')
    .filter((event) => !event.messageId || !isAside(messages.get(event.messageId)))
    .map((event) => eventModel(event, messages));
}

/** In the network a company stands at the other end, not a mailbox. */
function partnerOf({ data }: RecordedEvent): string | null {
  return data['via'] === 'network' && typeof data['partner'] === 'string' ? data['partner'] : null;
}
