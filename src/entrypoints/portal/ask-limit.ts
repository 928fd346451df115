/** How often something may be asked for in a sliding window, in the memory of this process. */
export interface AskLimit {
  /** Counts one more for the key and tells whether it is still allowed. */
  mayAsk(key: string, now: Date): boolean;
}

const mostKeys = 10_000;

/** Allows `times` per key within `windowMs`; beyond ten thousand keys the oldest are forgotten. */
export function makeAskLimit(times: number, windowMs: number): AskLimit {
  const asked = new Map<string, number[]>();
  return {
    mayAsk(key, now) {
      const recent = (asked.get(key) ?? []).filter((at) => at > now.getTime() - windowMs);
      const isAllowed = recent.length < times;
      if (isAllowed) recent.push(now.getTime());
      asked.delete(key);
      asked.set(key, recent);
      if (asked.size > mostKeys) asked.delete(asked.keys().next().value ?? key);
      return isAllowed;
    },
  };
}
