import { sha256 } from '#base/crypto';
import { domainOf } from '#mail/address';
import siteFile from './sites.json' with { type: 'json' };
import type { Limit, TakeTurn } from './take-turn.ts';

/** Mail servers that belong together, however many domains they serve, and how they want to be treated. */
export interface Site {
  readonly name: string;
  readonly connections: number;
  readonly perConnection: number;
  readonly perSecond: number;
  readonly tlsRequired: boolean;
}

/** The site of a set of MX hosts: a known one, or that of all domains with the same set. */
export function siteOf(hosts: readonly string[]): Site {
  const known = siteFile.sites.find(({ suffixes }) =>
    hosts.every((host) => suffixes.some((suffix) => isBelow(host, suffix))),
  );
  const set = hosts.toSorted().join(',');
  const name = set.length <= 120 ? set : sha256(set).toString('hex');
  if (known) return 'perSet' in known ? { ...known, name: `${known.name}:${name}` } : known;
  return { ...siteFile.default, name };
}

export function siteLimit({ name, perSecond }: Site): Limit {
  return { name: `site:${name}`, perSecond, burst: perSecond };
}

/** What a mailbox provider allows one account with that address, the shortest time first; empty where nothing is known. */
export function accountLimits(host: string, account: string, address: string): Limit[] {
  const domain = domainOf(address);
  const known = siteFile.accounts.filter(({ hosts }) => hosts.includes(host));
  const own = known.filter(({ domains }) => domains.includes(domain));
  const fitting = own.length > 0 ? own : known.filter(({ domains }) => domains.length === 0);
  return fitting
    .toSorted((a, b) => a.seconds - b.seconds)
    .map(({ messages, seconds }, index) => ({
      name: `account:${account}${index === 0 ? '' : `:${seconds}`}`,
      // Half at once, the rest spread over the time: after a burst the account must not stand still for a day.
      perSecond: messages / 2 / seconds,
      burst: Math.ceil(messages / 2),
    }));
}

/** Asks all limits for the turn of one message: when it may come back, or null where none holds it. */
export async function takeTurns(takeTurn: TakeTurn, limits: readonly Limit[]): Promise<Date | null> {
  for (const limit of limits) {
    const due = await takeTurn(limit);
    if (due) return due;
  }
  return null;
}

function isBelow(host: string, suffix: string): boolean {
  return host === suffix || host.endsWith(`.${suffix}`);
}
