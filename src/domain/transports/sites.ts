import { sha256 } from '#base/crypto';
import siteFile from './sites.json' with { type: 'json' };
import type { Limit } from './take-turn.ts';

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
  if (known) return known;
  const set = hosts.toSorted().join(',');
  return { ...siteFile.default, name: set.length <= 120 ? set : sha256(set).toString('hex') };
}

export function siteLimit({ name, perSecond }: Site): Limit {
  return { name: `site:${name}`, perSecond, burst: perSecond };
}

/** What a mailbox provider allows one account; null where nothing is known. */
export function accountLimit(host: string, account: string): Limit | null {
  const known = siteFile.accounts.find(({ hosts }) => hosts.includes(host));
  if (!known) return null;
  const { messages, seconds } = known;
  // Half at once, the rest spread over the time: after a burst the account must not stand still for a day.
  return { name: `account:${account}`, perSecond: messages / 2 / seconds, burst: Math.ceil(messages / 2) };
}

function isBelow(host: string, suffix: string): boolean {
  return host === suffix || host.endsWith(`.${suffix}`);
}
