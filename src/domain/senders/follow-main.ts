import { openSecret, sealSecret } from '#base/crypto';
import type { Tx } from '#stores/database';
import { secretPurpose } from './sender.ts';
import { type SenderRow, type SenderTables, updateSender } from './sender-table.ts';

/** The password of one sender, sealed for another; null where there is none or it cannot be opened. */
export function resealed(key: Uint8Array, main: Pick<SenderRow, 'id' | 'secret'>, id: string): Buffer | null {
  if (!main.secret) return null;
  try {
    return sealSecret(key, secretPurpose(id), openSecret(key, secretPurpose(main.id), main.secret));
  } catch {
    return null; // sealed under another key: the main one says so too
  }
}

/** Takes server and password of a sender over into those that use them; what was found to work has to be tried again. */
export async function followMain(
  tx: Tx<SenderTables>,
  key: Uint8Array,
  main: SenderRow,
  rows: readonly SenderRow[],
): Promise<void> {
  for (const row of rows.filter((one) => one.via_sender_id === main.id && !one.deleted_at)) {
    const state = row.state === 'valid' ? ({ state: 'unchecked', checked_at: null } as const) : {};
    await updateSender(tx, row, { settings: main.settings, secret: resealed(key, main, row.id), ...state });
  }
}
