import { randomToken } from '#base/crypto';
import type { SenderCheck } from '#domain/senders';

/** What a test of a sender said, until its page has been looked at. */
export interface SenderResult {
  readonly companyId: string;
  readonly senderId: string;
  readonly check: SenderCheck;
  readonly at: Date;
  /** Where the test mail went; null when none was asked for. */
  readonly to: string | null;
}

const most = 100;

/**
 * Keeps the conversations of the last tests in memory, because they are read once and shown once. Where the page is
 * asked of another process, it shows what the database knows: whether the sender works, and why not.
 */
export function makeSenderResults() {
  const kept = new Map<string, SenderResult>();
  return {
    /** Keeps a result and returns the key by which the next page asks for it. */
    keep(result: SenderResult): string {
      const key = randomToken(12);
      kept.set(key, result);
      const [oldest] = kept.keys();
      if (kept.size > most && oldest) kept.delete(oldest);
      return key;
    },
    find(key: string | undefined, companyId: string): SenderResult | null {
      const result = key === undefined ? undefined : kept.get(key);
      return result?.companyId === companyId ? result : null;
    },
  };
}

export type SenderResults = ReturnType<typeof makeSenderResults>;
