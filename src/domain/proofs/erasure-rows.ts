import type { RecordedEvent } from '#domain/evidence';
import type { ProofWords } from './proof-words.ts';
import { utcTime } from './utc-time.ts';

/** The event by which the content of the dispatch was erased; undefined where it is still there. */
export function erasureIn(events: readonly RecordedEvent[]): RecordedEvent | undefined {
  return events.find((event) => event.type === 'content.erased');
}

/** When the content was erased, by whom, why, and how much. */
export function erasureRows(t: ProofWords, events: readonly RecordedEvent[]): [string, string][] {
  const erased = erasureIn(events);
  if (!erased) return [];
  const { byName, by, reason, mails, files } = erased.data;
  const counts = t('erased.count', { mails: Number(mails), files: Number(files) });
  const who = String(byName ?? by ?? '');
  const rows: [string, string][] = [[t('fact.erased'), `${utcTime(erased.at)} · ${who} · ${counts}`]];
  if (typeof reason === 'string') rows.push([t('fact.erasedWhy'), reason]);
  return rows;
}
