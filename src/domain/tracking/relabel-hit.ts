import ipaddr from 'ipaddr.js';
import { classifyHit } from './classify-hit.ts';
import type { Signal } from './hit.ts';
import type { RecordedHit } from './hit-table.ts';
import { type Link, mayBeSender } from './link.ts';
import { type Rule, type Ruleset, timingReasons } from './ruleset.ts';
import { signalFor } from './weigh-hits.ts';

/** What follows from the kind of agent, the session and the time alone; all of that is kept. */
const tellable: ReadonlySet<string> = new Set([
  'browser_agent',
  'session_viewed',
  'visible_in_browser',
  ...timingReasons,
]);

// Any browser: what is kept of an agent is its family, and a family is kept of browsers and mail programs.
const someBrowser = 'Mozilla/5.0 (kept as its family only)';

/**
 * Says anew who a recorded hit was, by newer rules, as far as it can be told from what is kept: the network (/24 or /48), the family of the
 * agent, times and session. Rules on the whole agent or on the method are not asked again: their label stays. Returns the very same hit
 * where nothing changes; else with its label and the signal that goes with it.
 */
export function relabelHit(
  hit: RecordedHit,
  history: readonly RecordedHit[],
  link: Pick<Link, 'handedOverAt' | 'copiedInSent' | 'copiesClearedAt'>,
  ruleset: Ruleset,
): RecordedHit {
  if (!isTellable(hit, ruleset)) return hit;
  const claim = claimOf(hit);
  const found = classifyHit(
    {
      signal: claim,
      method: 'GET',
      userAgent: hit.agent === null ? '' : someBrowser,
      ip: wholeNetwork(hit.network, ruleset) ?? '',
      session: hit.session,
      documentId: hit.documentId,
      isStaff: false,
      isLocal: hit.network === null || /^(127\.|::)/.test(hit.network),
      mayBeSender: mayBeSender(link, hit.at),
      at: hit.at,
      secondsSinceDelivery: link.handedOverAt ? (hit.at.getTime() - link.handedOverAt.getTime()) / 1000 : -1,
    },
    history.filter((one) => one.id !== hit.id),
    ruleset,
  );
  const signal = signalFor(claim, found);
  const isSame =
    found.actor === hit.actor && found.reasons.join() === hit.reasons.join() && signal === hit.signal;
  return isSame ? hit : { ...hit, ...found, signal };
}

/** What a hit was before anybody weighed it: only the page's own word names pages, and a download is a file that somebody fetched. */
export function claimOf({ signal, pages }: Pick<RecordedHit, 'signal' | 'pages'>): Signal {
  if (signal === 'page' && pages.length > 0) return 'view';
  return signal === 'download' ? 'file' : signal;
}

function isTellable(hit: RecordedHit, ruleset: Ruleset): boolean {
  if (hit.actor === 'staff' || hit.signal === 'failure' || hit.ruleset === ruleset.version) return false;
  const reason = hit.reasons[0] ?? '';
  const ofNetwork = ruleset.rules.find((rule) => rule.reason === reason && isOfNetworkOnly(rule));
  if (ofNetwork && touches(ofNetwork, hit.network)) return false;
  return tellable.has(reason) || ofNetwork !== undefined || reason.endsWith('_network');
}

function isOfNetworkOnly(rule: Rule): boolean {
  return rule.networks !== null && rule.agent === null && rule.agentIs === null;
}

/** Some address of the kept network is in the rule's ranges: it may have been that one. */
function touches(rule: Rule, network: string | null): boolean {
  return addressesOf(network).some(({ text, family }) =>
    rule.networks?.some((list) => list.check(text, family)),
  );
}

/**
 * An address that stands for the kept network, where each range of the rules holds all of it or nothing; else none, because the hit may
 * have come from the other part.
 */
function wholeNetwork(network: string | null, ruleset: Ruleset): string | null {
  const addresses = addressesOf(network);
  const lists = [...ruleset.rules.flatMap((rule) => rule.networks ?? []), ...ruleset.relays];
  const isPart = lists.some((list) => {
    const inside = addresses.filter(({ text, family }) => list.check(text, family)).length;
    return inside > 0 && inside < addresses.length;
  });
  return isPart ? null : (addresses[0]?.text ?? null);
}

/** All addresses of a /24; the first and the last of a /48. */
function addressesOf(network: string | null): { readonly text: string; readonly family: 'ipv4' | 'ipv6' }[] {
  if (network === null || !ipaddr.isValidCIDR(network)) return [];
  const [first] = ipaddr.parseCIDR(network);
  if (first.kind() === 'ipv6') {
    const start = first.toString();
    return [start, start.replace(/::$/, ':ffff:ffff:ffff:ffff:ffff')].map((text) => ({
      text,
      family: 'ipv6',
    }));
  }
  const stem = first.toString().split('.').slice(0, 3).join('.');
  return Array.from({ length: 256 }, (_, last) => ({ text: `${stem}.${last}`, family: 'ipv4' }) as const);
}
