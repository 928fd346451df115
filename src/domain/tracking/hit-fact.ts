import type { EventType, Fact } from '#domain/evidence';
import { countsAsPerson } from './engagement.ts';
import type { Signal } from './hit.ts';
import type { Link } from './link.ts';
import type { KeptHit } from './weigh-hits.ts';

/** The event of each kind of hit. */
export const eventTypes: Readonly<Record<Signal, EventType>> = {
  pixel: 'visit.pixel_fetched',
  page: 'visit.page_fetched',
  view: 'visit.page_viewed',
  file: 'visit.file_fetched',
  download: 'visit.file_downloaded',
  failure: 'visit.link_failed',
};

/** A hit as a fact for the log; where it came from is personal and can be erased. */
export function factOf(link: Link, hit: KeptHit): Fact {
  return {
    type: eventTypes[hit.signal],
    companyId: link.companyId,
    dispatchId: link.dispatchId,
    messageId: link.messageId,
    documentId: hit.documentId,
    at: hit.at,
    actor: hit.actor,
    certainty: hit.certainty,
    data: {
      hit: hit.id,
      reasons: hit.reasons,
      ruleset: hit.ruleset,
      ...(hit.pages.length > 0 ? { pages: hit.pages } : {}),
      ...(hit.failure ? { failure: hit.failure } : {}),
      ...(hit.served ? { served: hit.served } : {}),
    },
    personal: {
      ...(hit.network ? { network: hit.network } : {}),
      ...(hit.agent ? { agent: hit.agent } : {}),
    },
  };
}

/** Tells whether an event is the visit of somebody or something that does not count as a person. */
export function isMachinesVisit({ type, actor }: { readonly type: string; readonly actor: string }): boolean {
  const [signal] = (Object.keys(eventTypes) as Signal[]).filter((one) => eventTypes[one] === type);
  return signal !== undefined && actor !== 'staff' && !countsAsPerson({ signal, actor });
}
