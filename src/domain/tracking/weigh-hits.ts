import { minute } from '#base/time';
import { agentFamily } from './agent.ts';
import { classifyHit } from './classify-hit.ts';
import { type Engagement, moveEngagement } from './engagement.ts';
import type { Hit, HitClass, PageSeconds, PastHit, Signal } from './hit.ts';
import { type Link, mayBeSender } from './link.ts';
import { networkOf } from './network.ts';
import type { Ruleset } from './ruleset.ts';

/** A hit that is kept as a row; `signal` may be lower than what was claimed (a view by a machine is a page fetched). */
export interface KeptHit extends PastHit, HitClass {
  readonly id: string;
  readonly agent: string | null;
  readonly pages: readonly number[];
  readonly pageSeconds: PageSeconds;
  readonly failure: string | null;
  readonly served: string | null;
}

/** How much more a row stands for: hits, pages, and how long these were on the screen in all. */
export interface Raise {
  readonly times: number;
  readonly pages: readonly number[];
  readonly pageSeconds: PageSeconds;
}

/** What is known of one message before a batch. `tallies` counts the rows of each class and names the newest. */
export interface MessageState {
  readonly link: Link;
  readonly recent: readonly KeptHit[];
  readonly tallies: ReadonlyMap<string, { readonly rows: number; readonly newestId: string }>;
  readonly engagement: Engagement;
}

/** What a batch does to one message. */
export interface Weighed {
  readonly inserted: readonly KeptHit[];
  /** Rows that stand for more hits now: by how many, and the pages seen. */
  readonly raised: ReadonlyMap<string, Raise>;
  /** Files fetched earlier in a browser session that has now proved to be a person's. */
  readonly downloads: readonly KeptHit[];
  readonly engagement: Engagement;
}

const sessionMs = 30 * minute; // the portal's browser session lasts half an hour from its last use

// A flood must not fill the log: after so many rows of one class only the counters go on.
export const rowsPerClass = 20;

/** The name under which rows of one class are tallied. */
export function classKey(hit: { readonly signal: Signal; readonly actor: string }): string {
  return `${hit.signal} ${hit.actor}`;
}

/**
 * Weighs new hits on one message, oldest first: classifies each, takes repeats as one, bounds floods, and moves the engagement.
 * Pure. Hits that may not be recorded (mode, duplicate) must have been left out before.
 */
export function weighHits(state: MessageState, hits: readonly Hit[], ruleset: Ruleset): Weighed {
  const ordered = [...hits].sort((a, b) => a.at.getTime() - b.at.getTime());
  const unclassified = outline(ordered);
  const scale = emptyScale(state);
  for (const hit of ordered) {
    const known = knownSoFar(state, scale);
    const kept = keep(hit, state.link, [...known, ...unclassified], ruleset);
    const same = known.find((one) => isRepeat(kept, one, ruleset));
    if (same) raise(scale, same.id, kept);
    else {
      count(scale, kept, known, ruleset);
      putAway(scale, kept);
    }
  }
  return scale;
}

interface Scale {
  readonly inserted: KeptHit[];
  readonly raised: Map<string, Raise>;
  readonly downloads: KeptHit[];
  readonly tallies: Map<string, { readonly rows: number; readonly newestId: string }>;
  engagement: Engagement;
}

function emptyScale({ tallies, engagement }: MessageState): Scale {
  return { inserted: [], raised: new Map(), downloads: [], tallies: new Map(tallies), engagement };
}

/** The hits before this one, files that have become downloads in this batch as such. */
function knownSoFar(state: MessageState, { inserted, downloads }: Scale): KeptHit[] {
  const known = [...state.recent, ...inserted];
  if (downloads.length === 0) return known;
  const turned = new Map(downloads.map((one) => [one.id, one]));
  return known.map((one) => turned.get(one.id) ?? one);
}

function raise(
  scale: Scale,
  id: string,
  { pages, pageSeconds }: Pick<KeptHit, 'pages' | 'pageSeconds'>,
): void {
  const before = scale.raised.get(id) ?? { times: 0, pages: [], pageSeconds: {} };
  scale.raised.set(id, {
    times: before.times + 1,
    pages: [...new Set([...before.pages, ...pages])],
    pageSeconds: longest(before.pageSeconds, pageSeconds),
  });
}

/** The browser reports how long in all: of two reports the longer one holds. */
function longest(a: PageSeconds, b: PageSeconds): PageSeconds {
  const numbers = [...new Set([...Object.keys(a), ...Object.keys(b)])];
  return Object.fromEntries(numbers.map((page) => [page, Math.max(a[page] ?? 0, b[page] ?? 0)]));
}

/** Moves the engagement; a person's view also vouches for the files that its session fetched before. */
function count(scale: Scale, kept: KeptHit, known: readonly KeptHit[], ruleset: Ruleset): void {
  scale.engagement = moveEngagement(scale.engagement, kept);
  for (const file of filesOfSession(kept, known, ruleset)) {
    const download = { ...file, signal: 'download', actor: 'person', reasons: ['session_viewed'] } as const;
    scale.downloads.push(download);
    scale.engagement = moveEngagement(scale.engagement, download);
  }
}

function putAway(scale: Scale, kept: KeptHit): void {
  const tally = scale.tallies.get(classKey(kept)) ?? { rows: 0, newestId: kept.id };
  if (tally.rows >= rowsPerClass) raise(scale, tally.newestId, kept);
  else {
    scale.inserted.push(kept);
    scale.tallies.set(classKey(kept), { rows: tally.rows + 1, newestId: kept.id });
  }
}

function keep(hit: Hit, link: Link, others: readonly PastHit[], ruleset: Ruleset): KeptHit {
  const past = toPast(hit);
  const facts = {
    ...past,
    method: hit.method,
    userAgent: hit.userAgent,
    ip: hit.ip,
    isStaff: hit.staffOf.includes(link.companyId),
    isLocal: hit.isLocal,
    mayBeSender: mayBeSender(link, hit.at),
  };
  const secondsSinceDelivery = secondsBetween(link.handedOverAt, hit.at);
  const found = classifyHit({ ...facts, secondsSinceDelivery }, others, ruleset);
  return {
    ...past,
    ...found,
    id: hit.id,
    signal: signalFor(hit.signal, found),
    agent: agentFamily(hit.userAgent),
    pages: hit.pages,
    pageSeconds: hit.pageSeconds,
    failure: hit.failure,
    served: hit.served,
  };
}

/** What a claim comes to: a view by a machine is a page fetched, a file in the session of a person's view is a download. */
export function signalFor(claim: Signal, { actor, reasons }: Pick<HitClass, 'actor' | 'reasons'>): Signal {
  if (claim === 'file' && reasons.includes('session_viewed')) return 'download';
  return claim === 'view' && actor !== 'person' && actor !== 'staff' ? 'page' : claim;
}

/** Hits of a batch as others see them, one for each thing touched from a network in a second: a flood has few of these. */
function outline(hits: readonly Hit[]): PastHit[] {
  const seen = new Map<string, PastHit>();
  for (const past of hits.map(toPast)) {
    const second = Math.floor(past.at.getTime() / 1000);
    seen.set(`${past.network} ${past.signal} ${past.documentId} ${second}`, past);
  }
  return [...seen.values()];
}

/** A message that was not handed over yet can be touched on its way only, never by its recipient. */
function secondsBetween(handedOverAt: Date | null, at: Date): number {
  return handedOverAt === null ? -1 : (at.getTime() - handedOverAt.getTime()) / 1000;
}

function toPast(hit: Hit): PastHit {
  return {
    at: hit.at,
    signal: hit.signal,
    actor: 'unknown',
    session: hit.session,
    network: networkOf(hit.ip),
    documentId: hit.documentId,
  };
}

/** The same actor doing the same again within seconds; all views of one browser session are one. */
function isRepeat(hit: KeptHit, earlier: KeptHit, { windows }: Ruleset): boolean {
  if (hit.signal !== earlier.signal || hit.actor !== earlier.actor) return false;
  if (hit.documentId !== earlier.documentId || hit.session !== earlier.session) return false;
  if (hit.session === null && (hit.network !== earlier.network || hit.agent !== earlier.agent)) return false;
  if (hit.signal === 'view' && hit.session !== null) return true;
  return Math.abs(hit.at.getTime() - earlier.at.getTime()) <= windows.repeatSeconds * 1000;
}

/** Files that this session fetched around its view: by a person after all, unless more than haste spoke against it. */
function filesOfSession(view: KeptHit, known: readonly KeptHit[], { weakReasons }: Ruleset): KeptHit[] {
  if (view.signal !== 'view' || view.session === null || view.actor !== 'person') return [];
  return known.filter(
    (one) =>
      one.signal === 'file' &&
      one.session === view.session &&
      Math.abs(view.at.getTime() - one.at.getTime()) <= sessionMs &&
      (one.actor === 'person' || one.reasons.every((reason) => weakReasons.has(reason))),
  );
}
