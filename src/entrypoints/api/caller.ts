import { sha256 } from '#base/crypto';
import { second } from '#base/time';
import { type ApiKey, type Rights, readApiKey } from '#domain/accounts';
import type { ApiNeeds } from './api-needs.ts';

/** A key that was revoked is refused after this time at the latest. */
const rememberedMs = 3 * second;
const mostRemembered = 1000;
const longestKey = 512;

const breadth: Readonly<Record<Rights, number>> = { read: 0, send: 1, all: 2 };

/** Tells whether a key with these rights may make a call that needs those. */
export function mayDo(has: Rights, needs: Rights): boolean {
  return breadth[has] >= breadth[needs];
}

/**
 * Makes the function that says whose key an Authorization header holds, or null. Keys that are known are remembered for three
 * seconds, so that a busy program does not cost a query each time.
 */
export function makeFindCaller({ database, clock }: Pick<ApiNeeds, 'database' | 'clock'>) {
  const known = new Map<string, { readonly key: ApiKey; readonly until: number }>();
  return async (authorization: string | undefined): Promise<ApiKey | null> => {
    const token = /^Bearer +([\x21-\x7e]+) *$/i.exec(authorization ?? '')?.[1]; // RFC 6750 §2.1
    if (!token || token.length > longestKey) return null;
    const now = clock();
    const hash = sha256(token).toString('base64');
    const found = known.get(hash);
    if (found && found.until > now.getTime() && !hasExpired(found.key, now)) return found.key;
    known.delete(hash);
    const key = await readApiKey(database, token, now);
    if (!key) return null;
    if (known.size >= mostRemembered) known.clear();
    known.set(hash, { key, until: now.getTime() + rememberedMs });
    return key;
  };
}

function hasExpired({ expiresAt }: ApiKey, now: Date): boolean {
  return expiresAt !== null && expiresAt <= now;
}
