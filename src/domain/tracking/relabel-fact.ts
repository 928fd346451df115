import type { Fact, RecordedEvent } from '#domain/evidence';
import type { Signal } from './hit.ts';
import { eventTypes } from './hit-fact.ts';
import type { RecordedHit } from './hit-table.ts';
import type { Link } from './link.ts';

/** The fact that these hits on one message have another label now. */
export function relabelFact(link: Link, moved: readonly RecordedHit[], ruleset: string, now: Date): Fact {
  return {
    type: 'visit.relabeled',
    companyId: link.companyId,
    dispatchId: link.dispatchId,
    messageId: link.messageId,
    at: now,
    actor: 'system',
    data: {
      ruleset,
      hits: moved.length,
      labels: moved.map(({ id, signal, actor, certainty, reasons }) => ({
        hit: id,
        signal,
        actor,
        certainty,
        reasons: [...reasons],
      })),
    },
  };
}

interface Label {
  readonly hit: string;
  readonly actor: string;
  readonly reasons: readonly string[];
  /** Older events do not say these two. */
  readonly signal?: Signal;
  readonly certainty?: 'certain' | 'probable';
}

/**
 * Events, oldest first, as they are judged now: a visit that was judged anew has the label of its newest judgement among `events`, and says by
 * `data.judgedAnew` when that was (ISO 8601). The log itself keeps what was said first. Of a file that was fetched and then taken for
 * downloaded, a judgement leaves one event.
 */
export function asJudgedNow<One extends RecordedEvent>(events: readonly One[]): One[] {
  const labels = new Map<unknown, { readonly label: Label; readonly by: RecordedEvent }>();
  for (const event of events)
    if (event.type === 'visit.relabeled')
      for (const label of labelsOf(event)) labels.set(label.hit, { label, by: event });
  if (labels.size === 0) return [...events];
  const last = new Map(events.map((event) => [event.data['hit'], event]));
  return events.flatMap((event) => {
    const found = event.type === 'visit.relabeled' ? undefined : labels.get(event.data['hit']);
    if (!found) return [event];
    return last.get(event.data['hit']) === event ? [judged(event, found.label, found.by)] : [];
  });
}

function judged<One extends RecordedEvent>(event: One, label: Label, by: RecordedEvent): One {
  return {
    ...event,
    type: label.signal ? eventTypes[label.signal] : typeWithout(event, label),
    actor: label.actor,
    certainty: label.certainty ?? event.certainty,
    data: {
      ...event.data,
      reasons: label.reasons,
      ruleset: by.data['ruleset'],
      judgedAnew: by.at.toISOString(),
    },
  };
}

/** A view or download that turned out to be a machine's is a page or file that was fetched. */
function typeWithout({ type }: RecordedEvent, { actor }: Label): RecordedEvent['type'] {
  if (actor === 'person') return type;
  if (type === 'visit.page_viewed') return 'visit.page_fetched';
  return type === 'visit.file_downloaded' ? 'visit.file_fetched' : type;
}

function labelsOf({ data }: RecordedEvent): readonly Label[] {
  return Array.isArray(data['labels']) ? (data['labels'] as readonly Label[]) : [];
}
