import type { Tx } from '#stores/database';
import type { Sender, SenderProblem, SenderState } from './sender.ts';
import { type SenderTables, selectByIds, selectSender, selectSenders, toSender } from './sender-table.ts';

/** A sender of the company, deleted ones included (`deletedAt`); null when there is none. */
export async function getSender(
  tx: Tx<SenderTables>,
  companyId: string,
  senderId: string,
): Promise<Sender | null> {
  const row = await selectSender(tx, companyId, senderId);
  return row ? toSender(row) : null;
}

/** The company's senders, the default first. */
export async function listSenders(tx: Tx<SenderTables>, companyId: string): Promise<Sender[]> {
  return (await selectSenders(tx, companyId)).flatMap((row) => {
    const sender = row.provider ? null : toSender(row);
    return sender ? [sender] : [];
  });
}

export interface SenderStanding {
  readonly state: SenderState | 'deleted';
  readonly problem: SenderProblem | null;
}

/** The senders with these ids, whichever company they are of, deleted ones included; ids without a sender are left out. */
export async function sendersByIds(tx: Tx<SenderTables>, senderIds: readonly string[]): Promise<Sender[]> {
  const rows = await selectByIds(tx, [...new Set(senderIds)]);
  return rows.map(toSender).filter((sender) => sender !== null);
}

/** How the senders with these ids stand; see `sendersByIds`. */
export async function senderStates(
  tx: Tx<SenderTables>,
  senderIds: readonly string[],
): Promise<Map<string, SenderStanding>> {
  const senders = await sendersByIds(tx, senderIds);
  return new Map(
    senders.map(({ id, deletedAt, state, problem }) => [
      id,
      { state: deletedAt ? 'deleted' : state, problem },
    ]),
  );
}
