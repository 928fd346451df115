import { minute } from '#base/time';

/** How many requests a key may make at once, and how many a minute in the long run. */
export interface RateLimit {
  readonly perMinute: number;
}

/** Fifty a second: more than a sending program needs, little enough that one that runs wild leaves room for others. */
export const usualRateLimit: RateLimit = { perMinute: 3000 };

export interface Allowance {
  readonly isAllowed: boolean;
  /** As in draft-ietf-httpapi-ratelimit-headers: policy, what is left, seconds until it is full again. */
  readonly headers: Readonly<Record<string, string>>;
}

const mostKeys = 10_000;

/** Makes the function that counts a key's request: a bucket per key that fills evenly. Counted per process. */
export function makeRateLimit(limit: RateLimit): (keyId: string, nowMs: number) => Allowance {
  const buckets = new Map<string, { left: number; at: number }>();
  const perMs = limit.perMinute / minute;
  return (keyId, nowMs) => {
    const before = buckets.get(keyId) ?? { left: limit.perMinute, at: nowMs };
    const left = Math.min(limit.perMinute, before.left + Math.max(0, nowMs - before.at) * perMs);
    const isAllowed = left >= 1;
    if (buckets.size >= mostKeys) buckets.clear();
    buckets.set(keyId, { left: isAllowed ? left - 1 : left, at: nowMs });
    const rest = Math.floor(isAllowed ? left - 1 : left);
    const headers = {
      'ratelimit-policy': `"key";q=${limit.perMinute};w=60`,
      ratelimit: `"key";r=${rest};t=${Math.ceil((limit.perMinute - rest) / perMs / 1000)}`,
    };
    if (isAllowed) return { isAllowed, headers };
    const seconds = Math.max(1, Math.ceil((1 - left) / perMs / 1000));
    return { isAllowed, headers: { ...headers, 'retry-after': String(seconds) } };
  };
}
