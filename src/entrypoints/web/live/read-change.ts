import { getDispatches } from '#domain/dispatch';
import { type RecordedEvent, readEvents } from '#domain/evidence';
import { type Database, inCompany } from '#stores/database';
import type { WebTables } from '../needs.ts';
import { readCounts } from '../staff/make-view.ts';

/** More events than this are not told one by one: the page fetches itself anew. */
const mostEvents = 500;

export type Told =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'stale' }
  | { readonly kind: 'changed'; readonly index: number; readonly change: Change };

/** What changed, by id, and the numbers beside the places. */
export interface Change {
  readonly documents: readonly string[];
  readonly messages: readonly string[];
  readonly counts: Readonly<Record<string, number>>;
}

/** What happened to a company after one index of the log and up to another, as pages are told it. */
export function readChange(
  database: Database<WebTables>,
  companyId: string,
  range: { readonly after: number; readonly upTo: number },
): Promise<Told> {
  return inCompany(database, companyId, async (tx) => {
    const limit = mostEvents + 1;
    const read = await readEvents(tx, { kind: 'after', logIndex: range.after, limit, companyId });
    const events = read.filter((event) => (event.logIndex ?? Number.POSITIVE_INFINITY) <= range.upTo);
    const index = events.at(-1)?.logIndex;
    if (!index) return { kind: 'nothing' };
    if (events.length > mostEvents) return { kind: 'stale' };
    const dispatches = await getDispatches(tx, companyId, { ids: idsOf(events, 'dispatchId') });
    const documents = [
      ...idsOf(events, 'documentId'),
      ...dispatches.flatMap((dispatch) => dispatch.documentIds),
    ];
    const counts = await readCounts(tx, companyId);
    const change = { documents: [...new Set(documents)], messages: idsOf(events, 'messageId'), counts };
    return { kind: 'changed', index, change };
  });
}

function idsOf(events: readonly RecordedEvent[], field: 'documentId' | 'messageId' | 'dispatchId'): string[] {
  return [...new Set(events.flatMap((event) => event[field] ?? []))];
}
