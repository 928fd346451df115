import type { FrozenDns } from '#mail/dns';

/** Which answers of the DNS the database has, as far as this process has put them there. */
export interface KnownDns {
  has(companyId: string, one: FrozenDns): boolean;
  add(companyId: string, all: readonly FrozenDns[]): void;
}

const most = 20_000; // about 2 MB; what is forgotten is offered again, and kept once

export function makeKnownDns(): KnownDns {
  const known = new Set<string>();
  const nameOf = (companyId: string, { sha256 }: FrozenDns): string => `${companyId} ${sha256}`;
  return {
    has: (companyId, one) => known.has(nameOf(companyId, one)),
    add: (companyId, all) => {
      for (const one of all) known.add(nameOf(companyId, one));
      for (const oldest of known) {
        if (known.size <= most) break;
        known.delete(oldest);
      }
    },
  };
}
