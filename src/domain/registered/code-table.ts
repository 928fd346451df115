import type { Selectable } from 'kysely';
import type { Tx } from '#stores/database';
import type { CodeChannel } from './delivery.ts';
import type { RegisteredTables } from './delivery-table.ts';

type RegisteredTx = Tx<RegisteredTables>;
type CodeRow = Selectable<RegisteredTables['delivery_codes']>;

export async function replaceCode(tx: RegisteredTx, code: CodeRow): Promise<void> {
  const { code_mac, channel, tries, expires_at } = code;
  await tx
    .insertInto('delivery_codes')
    .values(code)
    .onConflict((conflict) =>
      conflict.columns(['message_id', 'session_hash']).doUpdateSet({ code_mac, channel, tries, expires_at }),
    )
    .execute();
}

/** Locked until the transaction ends: two guesses at once count as two. */
export async function lockCode(
  tx: RegisteredTx,
  messageId: string,
  sessionHash: Buffer,
): Promise<CodeRow | null> {
  const row = await tx
    .selectFrom('delivery_codes')
    .selectAll()
    .where('message_id', '=', messageId)
    .where('session_hash', '=', sessionHash)
    .forUpdate()
    .executeTakeFirst();
  return row ?? null;
}

export async function countTry(tx: RegisteredTx, messageId: string, sessionHash: Buffer): Promise<void> {
  await tx
    .updateTable('delivery_codes')
    .set((row) => ({ tries: row('tries', '+', 1) }))
    .where('message_id', '=', messageId)
    .where('session_hash', '=', sessionHash)
    .execute();
}

export async function deleteCode(tx: RegisteredTx, messageId: string, sessionHash: Buffer): Promise<void> {
  await tx
    .deleteFrom('delivery_codes')
    .where('message_id', '=', messageId)
    .where('session_hash', '=', sessionHash)
    .execute();
}

export async function insertSession(
  tx: RegisteredTx,
  session: Selectable<RegisteredTables['delivery_sessions']>,
): Promise<void> {
  await tx.insertInto('delivery_sessions').values(session).execute();
}

export async function selectSessionChannel(
  tx: RegisteredTx,
  messageId: string,
  sessionHash: Buffer,
  now: Date,
): Promise<CodeChannel | null> {
  const row = await tx
    .selectFrom('delivery_sessions')
    .select('channel')
    .where('message_id', '=', messageId)
    .where('session_hash', '=', sessionHash)
    .where('until', '>', now)
    .executeTakeFirst();
  return row?.channel ?? null;
}
