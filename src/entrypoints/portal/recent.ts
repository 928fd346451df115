/** Things that were looked up a moment ago, so that a page that many ask for at once costs one look-up. */
export interface Recent<Value> {
  get(key: string): Value | undefined;
  set(key: string, value: Value): void;
  delete(key: string): void;
  clear(): void;
}

/** Keeps `most` values for `forMs` milliseconds each; time is measured by the machine, not by the calendar. */
export function makeRecent<Value>(forMs: number, most: number): Recent<Value> {
  const kept = new Map<string, { readonly value: Value; readonly until: number }>();
  return {
    get(key) {
      const found = kept.get(key);
      if (found && found.until > performance.now()) return found.value;
      kept.delete(key);
      return undefined;
    },
    delete(key) {
      kept.delete(key);
    },
    clear() {
      kept.clear();
    },
    set(key, value) {
      kept.set(key, { value, until: performance.now() + forMs });
      if (kept.size > most) kept.delete(kept.keys().next().value ?? key);
    },
  };
}
