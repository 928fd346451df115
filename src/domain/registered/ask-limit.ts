import { hmac } from '#base/crypto';
import { after, hour } from '#base/time';
import type { Tx } from '#stores/database';
import { countAsks, insertAsk, lockAsks } from './ask-table.ts';
import type { RegisteredTables } from './delivery-table.ts';

/** What is counted: codes of a message, codes for a network, text messages to a number, codes tried from a network, hand-overs to colleagues. */
export type AskKind =
  | 'code_of_message'
  | 'codes_for_network'
  | 'texts_to_number'
  | 'tries_from_network'
  | 'delegations_from_network';

export interface Ask {
  readonly kind: AskKind;
  /** The message, number or network; only its HMAC is kept. */
  readonly of: string;
  readonly times: number;
  readonly windowMs: number;
}

/** The longest window; older rows are deleted. */
const keptMs = hour;

/**
 * Counts one more and tells whether it is still allowed: `times` in a sliding window, over all processes of the installation. What is refused
 * is not counted, so that who asks too often is let in again when the window has passed.
 */
export async function mayAsk(
  tx: Tx<RegisteredTables>,
  secret: Uint8Array,
  ask: Ask,
  now: Date,
): Promise<boolean> {
  const key = hmac(secret, 'portal ask 1', ask.kind, ask.of);
  await lockAsks(tx, key);
  if ((await countAsks(tx, key, after(now, -ask.windowMs))) >= ask.times) return false;
  await insertAsk(tx, key, now, after(now, -keptMs));
  return true;
}
