import { newId } from '#base/ids';
import { type EvidenceTables, type FollowedEvent, follow } from '#domain/evidence';
import type { Database, Tx } from '#stores/database';
import { effectOf, type NoticeKind } from './notice.ts';
import { type Closing, closeNotices, insertNotice, type NoticeTables } from './notice-table.ts';

const batch = 500;

/**
 * Opens and closes notices by the next events of the log; returns how many events there were. While another process is at
 * it: 0, unless `busy` says to wait.
 */
export function followNotices(
  database: Database<NoticeTables & EvidenceTables>,
  busy: 'skip' | 'wait' = 'skip',
): Promise<number> {
  const takeAll = async (tx: Tx<NoticeTables>, events: readonly FollowedEvent[]): Promise<void> => {
    const closings: Closing[] = [];
    for (const event of events) {
      const effect = effectOf(event);
      if (!effect) continue;
      const { companyId, at } = event;
      const { subjectId, of } = effect;
      closings.push(...effect.close.map((kind) => ({ companyId, subjectId, of, kind, at })));
      if (!effect.open) continue;
      // What was closed before must not close what is opened now.
      await closeNotices(tx, closings.splice(0), 'system');
      await open(tx, event, effect.open, subjectId);
    }
    await closeNotices(tx, closings, 'system');
  };
  return follow(database, { name: 'notices', limit: batch, busy, personal: true }, takeAll);
}

async function open(
  tx: Tx<NoticeTables>,
  event: FollowedEvent,
  kind: NoticeKind,
  subjectId: string,
): Promise<void> {
  const { companyId, at } = event;
  const isOfNetwork = event.data['via'] === 'network';
  const text = (name: string): string | undefined =>
    typeof event.data[name] === 'string' ? String(event.data[name]) : undefined;
  await insertNotice(tx, {
    id: newId('notice', at),
    companyId,
    kind,
    subjectId,
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
