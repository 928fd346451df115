import type { HitActor, HitClass, HitFacts, PastHit } from './hit.ts';
import { networkOf, plainIp } from './network.ts';
import {
  type Haste,
  ownCopyReason,
  type Rule,
  type Ruleset,
  relayReason,
  shippedRuleset,
} from './ruleset.ts';

/**
 * Says who or what a hit was, as far as it can be told. A picture that may have been loaded from the copy in the sender's own Sent folder is
 * nobody's (`unknown`), because the same mail program would have fetched it in the same way; a person's visit of the page keeps its label
 * with the reason beside it.
 */
export function classifyHit(
  hit: HitFacts,
  history: readonly PastHit[],
  ruleset: Ruleset = shippedRuleset,
): HitClass {
  const found = classifyRequest(hit, history, ruleset);
  if (!hit.mayBeSender || !readers.has(found.actor)) return found;
  if (hit.signal === 'pixel')
    return { ...found, actor: 'unknown', certainty: 'probable', reasons: [ownCopyReason] };
  return found.actor === 'person' ? { ...found, reasons: [...found.reasons, ownCopyReason] } : found;
}

const readers: ReadonlySet<HitActor> = new Set(['person', 'proxied', 'privacy_proxy']);

/**
 * Says who or what a hit was, as far as it can be told from the request, the other hits on the same message and the rules.
 * Pure: the answer to the request never depends on it, only what is counted does. Whatever is not recognised as a machine
 * and comes from a browser or mail program is `person`, and never more than probably.
 */
function classifyRequest(hit: HitFacts, history: readonly PastHit[], ruleset: Ruleset): HitClass {
  const say = (actor: HitActor, certainty: HitClass['certainty'], ...reasons: string[]): HitClass => ({
    actor,
    certainty,
    reasons,
    ruleset: ruleset.version,
  });
  if (hit.isStaff) return say('staff', 'certain', 'staff_mark');
  const ip = plainIp(hit.ip);
  const isViewed = isInViewedSession(hit, history);
  const rule = ruleset.rules.find(
    (one) => !(one.unlessViewed && isViewed) && !(one.unlessLocal && hit.isLocal) && fits(one, hit, ip),
  );
  if (rule) return say(rule.actor, rule.certainty, rule.reason);
  if (!ruleset.peopleAgent.test(hit.userAgent))
    return say('unknown', 'probable', hit.userAgent.trim() === '' ? 'no_agent' : 'agent_not_known');
  const person = (reason: string): HitClass =>
    say('person', 'probable', reason, ...(isRelayed(ip, ruleset) ? [relayReason] : []));
  if (hit.signal === 'view') return person('visible_in_browser');
  if (isViewed) return person('session_viewed');
  const haste = hasteOf(hit, history, ruleset);
  if (haste) return say('scanner', 'probable', haste);
  return person('browser_agent');
}

/** Never a sign of a machine by itself: people use such a relay in their browser. */
function isRelayed(ip: ReturnType<typeof plainIp>, { relays }: Ruleset): boolean {
  return ip !== null && relays.some((list) => list.check(ip.text, ip.family));
}

function fits(rule: Rule, hit: HitFacts, ip: ReturnType<typeof plainIp>): boolean {
  if (rule.signals && !rule.signals.includes(hit.signal)) return false;
  if (rule.methods && !rule.methods.includes(hit.method.toUpperCase())) return false;
  if (rule.agentIs !== null && rule.agentIs !== hit.userAgent) return false;
  if (rule.agent && !rule.agent.test(hit.userAgent)) return false;
  if (rule.withinSeconds !== null && !isWithin(hit.secondsSinceDelivery, rule.withinSeconds)) return false;
  return !rule.networks || (ip !== null && rule.networks.some((list) => list.check(ip.text, ip.family)));
}

function isInViewedSession(hit: HitFacts, history: readonly PastHit[]): boolean {
  return (
    hit.session !== null &&
    history.some((past) => past.signal === 'view' && past.actor === 'person' && past.session === hit.session)
  );
}

/** Haste speaks for a scanner, and none reaches a portal that only this machine does: there it is a person trying things out. */
function hasteOf(hit: HitFacts, history: readonly PastHit[], ruleset: Ruleset): Haste | null {
  if (hit.isLocal) return null;
  if (isTooSoon(hit, ruleset)) return 'too_soon';
  return isBurst(hit, history, ruleset) ? 'many_at_once' : null;
}

/** Before the hand-over counts as too soon; an unknown hand-over says nothing. */
function isTooSoon(hit: HitFacts, { windows }: Ruleset): boolean {
  return isWithin(
    hit.secondsSinceDelivery,
    hit.signal === 'pixel' ? windows.pixelSeconds : windows.linkSeconds,
  );
}

/** Pixel, page and files of one message from one network in a moment: a program that walks all links. */
function isBurst(hit: HitFacts, history: readonly PastHit[], { windows }: Ruleset): boolean {
  const network = networkOf(hit.ip);
  if (network === null) return false;
  const near = history.filter(
    (past) =>
      past.network === network &&
      past.signal !== 'view' &&
      past.signal !== 'failure' &&
      Math.abs(past.at.getTime() - hit.at.getTime()) <= windows.burstSeconds * 1000,
  );
  const targets = [...near, hit].map((one) => `${one.signal} ${one.documentId ?? ''}`);
  return new Set(targets).size >= windows.burstTargets;
}

function isWithin(secondsSince: number | null, window: number): boolean {
  return secondsSince !== null && secondsSince < window;
}
