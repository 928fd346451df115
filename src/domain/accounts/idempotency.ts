import { equalInConstantTime } from '#base/crypto';
import { after, day, minute } from '#base/time';
import type { Tx } from '#stores/database';
import {
  type AccessTables,
  deleteIdempotencyKeys,
  deleteUnanswered,
  insertIdempotencyKey,
  selectIdempotencyKey,
  updateIdempotencyKey,
} from './access-table.ts';
import type { AccountTables } from './account-table.ts';

type KeyTx = Tx<AccessTables & AccountTables>;

/** What became of a claim: do the work; or here is the answer that was given; or another request has the key. */
export type Claim =
  | { readonly kind: 'claimed' }
  | { readonly kind: 'answered'; readonly status: number; readonly answer: string }
  | { readonly kind: 'other_body' }
  | { readonly kind: 'in_flight' };

const keptFor = day;
const givenUpAfter = 5 * minute; // longer than any request lives: its process is gone

/**
 * Claims an idempotency key by a unique insert, before the work. In one transaction with the work, a second claimer waits
 * for the first one's end; `requestHash` is the SHA-256 of method, path and body.
 */
export async function claimIdempotencyKey(
  tx: KeyTx,
  input: { companyId: string; key: string; requestHash: Buffer },
  now: Date,
): Promise<Claim> {
  const { companyId, key, requestHash } = input;
  const row = {
    company_id: companyId,
    key,
    request_hash: requestHash,
    status: null,
    answer: null,
    created_at: now,
  };
  if (await insertIdempotencyKey(tx, row)) return { kind: 'claimed' };
  const known = await selectIdempotencyKey(tx, companyId, key);
  if (!known) return { kind: 'in_flight' };
  if (!equalInConstantTime(known.request_hash, requestHash)) return { kind: 'other_body' };
  if (known.status !== null && known.answer !== null)
    return { kind: 'answered', status: known.status, answer: known.answer };
  return known.created_at < after(now, -givenUpAfter) ? { kind: 'claimed' } : { kind: 'in_flight' };
}

/** Keeps the answer for whoever asks again with the same key. */
export function answerIdempotencyKey(
  tx: KeyTx,
  input: { companyId: string; key: string; status: number; answer: string },
): Promise<void> {
  return updateIdempotencyKey(tx, input.companyId, input.key, { status: input.status, answer: input.answer });
}

/** Gives a claimed key back, because the work was refused or failed; one that has its answer stays. */
export function releaseIdempotencyKey(tx: KeyTx, input: { companyId: string; key: string }): Promise<void> {
  return deleteUnanswered(tx, input.companyId, input.key);
}

/** Forgets keys that are older than a day. */
export function forgetIdempotencyKeys(tx: KeyTx, now: Date): Promise<void> {
  return deleteIdempotencyKeys(tx, after(now, -keptFor));
}
