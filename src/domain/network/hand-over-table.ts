import { type Selectable, sql } from 'kysely';
import type { Tx } from '#stores/database';
import type { HandOver, HandOverState } from './hand-over.ts';
import type { NetworkTables } from './network-tables.ts';

type NetworkTx = Tx<NetworkTables>;

export async function insertHandOvers(tx: NetworkTx, handOvers: readonly HandOver[]): Promise<void> {
  if (handOvers.length === 0) return;
  await tx
    .insertInto('hand_overs')
    .values(
      handOvers.map((one) => ({
        id: one.id,
        company_id: one.companyId,
        dispatch_id: one.dispatchId,
        document_id: one.documentId,
        partner_id: one.partnerId,
        partner_name: one.partnerName,
        name: one.name,
        proof: one.proof,
        subject: one.subject,
        text: one.text,
        condition: one.condition ? JSON.stringify(one.condition) : null,
        state: one.state,
        due_at: one.dueAt,
        created_at: one.createdAt,
      })),
    )
    .execute();
}

/** The hand-overs of some dispatches, in the order in which they were made. */
export async function selectHandOvers(
  tx: NetworkTx,
  companyId: string,
  dispatchIds: readonly string[],
): Promise<HandOver[]> {
  if (dispatchIds.length === 0) return [];
  const rows = await tx
    .selectFrom('hand_overs')
    .selectAll()
    .where('company_id', '=', companyId)
    .where('dispatch_id', 'in', [...dispatchIds])
    .orderBy('id')
    .execute();
  return rows.map(toHandOver);
}

/** Hand-overs of all companies that are due, the longest due first. For the worker. */
export async function selectDue(tx: NetworkTx, now: Date, limit: number): Promise<HandOver[]> {
  const rows = await tx
    .selectFrom('hand_overs')
    .selectAll()
    .where('state', '=', 'waiting')
    .where('due_at', '<=', now)
    .orderBy('due_at')
    .limit(limit)
    .execute();
  return rows.map(toHandOver);
}

/** One that still waits, locked; null when somebody else was faster, or it was taken back. */
export async function lockWaiting(tx: NetworkTx, id: string): Promise<HandOver | null> {
  const row = await tx
    .selectFrom('hand_overs')
    .selectAll()
    .where('id', '=', id)
    .where('state', '=', 'waiting')
    .forUpdate()
    .skipLocked()
    .executeTakeFirst();
  return row ? toHandOver(row) : null;
}

/** Takes back what waits of a dispatch; returns how many. */
export async function cancelWaiting(tx: NetworkTx, companyId: string, dispatchId: string): Promise<number> {
  const { numUpdatedRows } = await tx
    .updateTable('hand_overs')
    .set({ state: 'canceled', problem: 'taken_back' })
    .where('company_id', '=', companyId)
    .where('dispatch_id', '=', dispatchId)
    .where('state', '=', 'waiting')
    .executeTakeFirst();
  return Number(numUpdatedRows);
}

export async function updateHandOver(
  tx: NetworkTx,
  { id, companyId }: Pick<HandOver, 'id' | 'companyId'>,
  change: {
    readonly state?: HandOverState;
    readonly problem?: string;
    readonly due_at?: Date;
    readonly delivered_at?: Date;
    readonly received_id?: string;
  },
): Promise<void> {
  await tx
    .updateTable('hand_overs')
    .set(change)
    .where('company_id', '=', companyId)
    .where('id', '=', id)
    .execute();
}

/** Writes what the receiver has decided to every hand-over of that document; returns them. For the worker. */
export async function updateDecided(
  tx: NetworkTx,
  decided: {
    readonly receivedId: string;
    readonly companyId: string;
    readonly state: 'accepted' | 'rejected';
    readonly reason: string | null;
    readonly at: Date;
  },
): Promise<HandOver[]> {
  const { rows } = await sql<Selectable<NetworkTables['hand_overs']>>`
    update hand_overs set state = ${decided.state}, reason = ${decided.reason}, decided_at = ${decided.at}
    where company_id = ${decided.companyId} and received_id = ${decided.receivedId} and state in ('delivered', 'accepted', 'rejected')
    returning *`.execute(tx);
  return rows.map(toHandOver).sort((a, b) => (a.id < b.id ? -1 : 1));
}

function toHandOver(row: Selectable<NetworkTables['hand_overs']>): HandOver {
  return {
    id: row.id,
    companyId: row.company_id,
    dispatchId: row.dispatch_id,
    documentId: row.document_id,
    partnerId: row.partner_id,
    partnerName: row.partner_name,
    name: row.name,
    proof: row.proof,
    subject: row.subject,
    text: row.text,
    condition: row.condition,
    state: row.state,
    problem: row.problem,
    dueAt: row.due_at,
    deliveredAt: row.delivered_at,
    receivedId: row.received_id,
    decidedAt: row.decided_at,
    reason: row.reason,
    createdAt: row.created_at,
  };
}
