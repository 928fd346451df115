import type { AccountTables } from '#domain/accounts';
import { ownerOf } from '#domain/accounts';
import { type Actor, type EvidenceTables, record } from '#domain/evidence';
import type { Tx } from '#stores/database';
import { type IntakeTables, selectWatch, upsertWatch } from './intake-table.ts';

/** Whether files of the watched folder are sent: never; when a sidecar names recipients; always, then to the customer's contacts. */
export type WatchSending = 'never' | 'named' | 'always';

export interface WatchSettings {
  readonly send: WatchSending;
  /** In whose name; null: nobody has chosen anything yet, and then it is the owner's. */
  readonly userId: string | null;
}

/** What a company has chosen for its watched folder; until it has, files are only taken in. */
export async function readWatchSettings(tx: Tx<IntakeTables>, companyId: string): Promise<WatchSettings> {
  return (await selectWatch(tx, companyId)) ?? { send: 'never', userId: null };
}

/** Changes what becomes of dropped files. `userId` is in whose name they are sent; absent: the owner's. */
export async function changeWatchSettings(
  tx: Tx<IntakeTables & AccountTables & EvidenceTables>,
  change: {
    readonly companyId: string;
    readonly send: WatchSending;
    readonly userId?: string;
    readonly actor: Actor;
  },
  now: Date,
): Promise<void> {
  const { companyId, send, actor } = change;
  const userId = change.userId ?? (await ownerOf(tx, companyId))?.id;
  if (!userId) throw new Error(`The company ${companyId} has no owner.`);
  await upsertWatch(tx, { company_id: companyId, user_id: userId, send, changed_at: now });
  await record(tx, [
    { type: 'company.changed', companyId, at: now, actor, data: { fields: ['watchedFolder'], send } },
  ]);
}
