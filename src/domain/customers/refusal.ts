import { randomBytes } from 'node:crypto';
import { hmac } from '#base/crypto';
import { addressKey } from '#mail/address';
import type { Tx } from '#stores/database';
import type { CustomerProblem, ReadContact } from './given-customer.ts';
import {
  deleteRefusal,
  insertRefusal,
  insertRefusalKey,
  type RefusalTables,
  selectRefusalKey,
  selectRefusals,
} from './refusal-table.ts';

type RefusalTx = Tx<RefusalTables>;

/** How he refused, as it is noted with his contacts. */
export const refusalHows = {
  withdrawn: 'withdrawn on the portal',
  erased: 'erased on request',
} as const;

export type RefusalWay = keyof typeof refusalHows;

/** Notes that whoever gets mail at the address refuses to be recorded by this company. The address itself is not kept. */
export async function noteRefusal(
  tx: RefusalTx,
  companyId: string,
  address: string,
  now: Date,
): Promise<void> {
  if (!(await selectRefusalKey(tx, companyId))) await insertRefusalKey(tx, companyId, randomBytes(32));
  const key = await selectRefusalKey(tx, companyId);
  if (!key) throw new Error('The key of refusals was written and is not there.');
  await insertRefusal(tx, companyId, hashOf(key, address), now);
}

/** Ends a refusal: he has agreed since then. Nothing where there is none. */
export async function liftRefusal(tx: RefusalTx, companyId: string, address: string): Promise<void> {
  const key = await selectRefusalKey(tx, companyId);
  if (key) await deleteRefusal(tx, companyId, hashOf(key, address));
}

/** Those of the addresses at which somebody has refused, by `addressKey`. */
export async function refusedAmong(
  tx: RefusalTx,
  companyId: string,
  addresses: readonly string[],
): Promise<Set<string>> {
  const key = addresses.length > 0 ? await selectRefusalKey(tx, companyId) : null;
  if (!key) return new Set();
  const hashes = new Map(addresses.map((one) => [addressKey(one), hashOf(key, one)]));
  const refused = await selectRefusals(tx, companyId, [...hashes.values()]);
  return new Set([...hashes].filter(([, hash]) => refused.has(hash.toString('hex'))).map(([one]) => one));
}

/**
 * What is wrong with contacts who are said to agree where somebody has refused at the address himself: it counts only with the
 * words how he said so (GDPR art. 7 (1)), which are not those of the refusal, left standing in a form. `pathOf` names the field of the contact at that place.
 */
export async function agreedWithoutHow(
  tx: RefusalTx,
  companyId: string,
  given: readonly ReadContact[],
  pathOf: (index: number) => string,
): Promise<CustomerProblem[]> {
  const bare = given.filter((one) => one.tracking === 'granted' && !saysHow(one));
  const refused = await refusedAmong(
    tx,
    companyId,
    bare.map((one) => one.email),
  );
  return given.flatMap((one, index) =>
    bare.includes(one) && refused.has(addressKey(one.email))
      ? [{ path: pathOf(index), reason: 'required' as const }]
      : [],
  );
}

function saysHow({ trackingHow }: ReadContact): boolean {
  const how = trackingHow?.trim() ?? '';
  return how !== '' && !Object.values<string>(refusalHows).includes(how);
}

function hashOf(key: Buffer, address: string): Buffer {
  return hmac(key, 'tracking refusal 1', addressKey(address));
}
