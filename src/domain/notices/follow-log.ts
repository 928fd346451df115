import { newId } from '#base/ids';
import { type EvidenceTables, follow, type RecordedEvent } from '#domain/evidence';
import type { Database, Tx } from '#stores/database';
import { effectOf } from './notice.ts';
import { closeNotices, insertNotice, type NoticeTables } from './notice-table.ts';

const batch = 500;

/**
 * Opens and closes notices by the next events of the log; returns how many events there were. While another process is at
 * it: 0, unless `busy` says to wait.
 */
export function followNotices(
  database: Database<NoticeTables & EvidenceTables>,
  busy: 'skip' | 'wait' = 'skip',
): Promise<number> {
  const takeAll = async (tx: Tx<NoticeTables>, events: readonly RecordedEvent[]): Promise<void> => {
    for (const event of events) await take(tx, event);
  };
  return follow(database, 'notices', batch, takeAll, busy);
}

async function take(tx: Tx<NoticeTables>, event: RecordedEvent): Promise<void> {
  const effect = effectOf(event);
  if (!effect) return;
  const { companyId, at } = event;
  await closeNotices(tx, companyId, effect.subjectId, effect.close, { at, by: 'system' });
  if (!effect.open) return;
  const isOfNetwork = event.data['via'] === 'network';
  const text = (name: string): string | undefined =>
    typeof event.data[name] === 'string' ? String(event.data[name]) : undefined;
  await insertNotice(tx, {
    id: newId('notice', at),
    companyId,
    kind: effect.open,
    subjectId: effect.subjectId,
    dispatchId: event.dispatchId,
    documentId: event.documentId,
    data: {
      problem: text('problem'),
      reason: text('reason'),
      url: text('url'),
      name: text('name') ?? text('partner') ?? text('from'),
      ...(isOfNetwork ? { text: text('text') } : {}),
    },
    openedAt: at,
  });
}
