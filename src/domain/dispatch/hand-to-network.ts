import type { EvidenceTables } from '#domain/evidence';
import { type HandOver, handOversOf, type NetworkTables, openHandOvers } from '#domain/network';
import type { Condition } from '#domain/outbox';
import { plainText } from '#domain/templates';
import type { Tx } from '#stores/database';
import type { Dispatch } from './dispatch.ts';
import type { Draft } from './draft.ts';

/** Plans the network's part of a dispatch; returns what was planned. */
export async function handToNetwork(
  tx: Tx<NetworkTables & EvidenceTables>,
  draft: Draft,
  dispatch: Dispatch,
  condition: Condition | null,
  now: Date,
): Promise<readonly HandOver[]> {
  const { partner } = draft;
  if (!partner || !dispatch.channels.includes('network')) return [];
  const { companyId, id, documentIds, subject } = dispatch;
  const text = plainText(draft.bodyHtml);
  const of = { companyId, dispatchId: id, documentIds, partner, subject, text, condition };
  await openHandOvers(tx, { ...of, dueAt: dueAtOf(dispatch, now) }, now);
  return handOversOf(tx, companyId, [id]);
}

/** When a dispatch may leave: after the time to undo, or at the planned time. */
export function dueAtOf({ undoUntil, sendAt }: Dispatch, now: Date): Date {
  return undoUntil ?? sendAt ?? now;
}
