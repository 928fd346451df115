import type { RecordedEvent } from './event.ts';
import type { EventData } from './event-value.ts';

/** An event as other programs see it, in the feed and in webhooks. */
export interface EventJson {
  readonly id: string;
  readonly logIndex: number | null;
  readonly dispatchId: string | null;
  readonly messageId: string | null;
  readonly documentId: string | null;
  readonly n: number;
  readonly type: string;
  readonly at: string;
  readonly actor: string;
  readonly certainty: 'certain' | 'probable';
  readonly data: EventData;
  readonly raw: string;
  readonly hash: string;
  readonly prev: string | null;
}

/** The JSON of an event; personal fields that were not erased are in `data`. */
export function eventJson(event: RecordedEvent): EventJson {
  const { id, logIndex, dispatchId, messageId, documentId, n, type, actor, certainty } = event;
  return {
    id,
    logIndex,
    dispatchId,
    messageId,
    documentId,
    n,
    type,
    at: event.at.toISOString(),
    actor,
    certainty,
    data: { ...event.data },
    raw: event.raw.toString('utf8'),
    hash: event.hash.toString('hex'),
    prev: event.prev?.toString('hex') ?? null,
  };
}
