import { readFileSync } from 'node:fs';
import { BlockList } from 'node:net';
import ipaddr from 'ipaddr.js';
import { z } from 'zod';
import type { HitActor, Signal } from './hit.ts';

const pattern = z.string().max(2000).refine(isPattern, 'is not a regular expression');
const seconds = z.number().min(0).max(86_400);
const signal = z.enum(['pixel', 'page', 'view', 'file']);

const windows = z.strictObject({
  pixelSeconds: seconds,
  linkSeconds: seconds,
  probableNetworkSeconds: seconds,
  repeatSeconds: seconds,
  burstSeconds: seconds,
  burstTargets: z.number().int().min(2).max(100),
});

const rule = z.strictObject({
  reason: z.string().regex(/^[a-z_]{1,60}$/),
  actor: z.enum(['proxied', 'privacy_proxy', 'prefetch', 'scanner', 'unknown']),
  certainty: z.enum(['certain', 'probable']),
  signals: z.array(signal).optional(),
  methods: z.array(z.string()).optional(),
  agentIs: z.string().optional(),
  agentMatches: pattern.optional(),
  networks: z.array(z.string()).optional(),
  withinSeconds: z.literal('probableNetworkSeconds').optional(),
  unlessViewed: z.boolean().optional(),
  unlessLocal: z.boolean().optional(),
  source: z.string(),
});

const network = z.strictObject({
  source: z.string(),
  checked: z.iso.date(),
  ranges: z.array(z.string().refine((text) => ipaddr.isValidCIDR(text), 'is not a range')).max(20_000),
});

const file = z.strictObject({
  version: z.string().min(1).max(40),
  windows,
  windowSources: z.record(z.string(), z.string()),
  networks: z.record(z.string(), network),
  relays: z.strictObject({ networks: z.array(z.string()), source: z.string() }).optional(),
  rules: z.array(rule).max(500),
  people: z.strictObject({ agentMatches: pattern, source: z.string() }),
});

export type Windows = z.infer<typeof windows>;

export interface Rule {
  readonly reason: string;
  readonly actor: HitActor;
  readonly certainty: 'certain' | 'probable';
  readonly signals: readonly Signal[] | null;
  readonly methods: readonly string[] | null;
  readonly agentIs: string | null;
  readonly agent: RegExp | null;
  readonly networks: readonly BlockList[] | null;
  readonly withinSeconds: number | null;
  /** Gives way to a page that stayed visible in the same browser session. */
  readonly unlessViewed: boolean;
  /** Says nothing at a portal that only this machine reaches. */
  readonly unlessLocal: boolean;
}

/** Rules ready for use: the first that fits a hit decides. */
export interface Ruleset {
  readonly version: string;
  readonly windows: Windows;
  readonly rules: readonly Rule[];
  readonly peopleAgent: RegExp;
  /** Networks that people come through whose address says neither where they are nor that they are somebody else. */
  readonly relays: readonly BlockList[];
  /** Reasons that give way to a view in the same browser session. */
  readonly weakReasons: ReadonlySet<string>;
  /** Where each reason comes from, in the words of the file; several lines of one reason are joined. */
  readonly sources: ReadonlyMap<string, string>;
}

/**
 * Reads a rules file (the form of `rules.json`), so that an operator can have newer ranges without a release. Throws with
 * the place of the mistake when it is not such a file or names a network that it does not list.
 */
export function readRuleset(text: string): Ruleset {
  const read = file.parse(JSON.parse(text));
  const lists = new Map(Object.entries(read.networks).map(([name, { ranges }]) => [name, blockList(ranges)]));
  const listOf = (name: string): BlockList => {
    const list = lists.get(name);
    if (!list) throw new Error(`The rules name a network that they do not list: ${name}.`);
    return list;
  };
  return {
    version: read.version,
    windows: read.windows,
    peopleAgent: new RegExp(read.people.agentMatches),
    relays: (read.relays?.networks ?? []).map(listOf),
    weakReasons: new Set([
      ...timingReasons,
      ...read.rules.filter((one) => one.unlessViewed).map((one) => one.reason),
    ]),
    sources: sourcesOf(read),
    rules: read.rules.map((one) => ({
      reason: one.reason,
      actor: one.actor,
      certainty: one.certainty,
      signals: one.signals ?? null,
      methods: one.methods ?? null,
      agentIs: one.agentIs ?? null,
      agent: one.agentMatches === undefined ? null : new RegExp(one.agentMatches, 'i'),
      networks: one.networks?.map(listOf) ?? null,
      withinSeconds: one.withinSeconds === undefined ? null : read.windows[one.withinSeconds],
      unlessViewed: one.unlessViewed ?? false,
      unlessLocal: one.unlessLocal ?? false,
    })),
  };
}

function sourcesOf(read: z.infer<typeof file>): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const add = (reason: string, source = ''): void => {
    const known = found.get(reason);
    if (source !== '') found.set(reason, known ? `${known}; ${source}` : source);
  };
  for (const one of read.rules) {
    add(one.reason, one.source);
    for (const name of one.networks ?? []) {
      const { source = '', checked = '' } = read.networks[name] ?? {};
      add(one.reason, `${source} (${checked})`);
    }
  }
  add('too_soon', read.windowSources['linkSeconds']);
  add('many_at_once', read.windowSources['burstSeconds']);
  add('browser_agent', read.people.source);
  add(relayReason, read.relays?.source);
  return found;
}

/** What haste alone says: the rules have no line for it, only the windows. */
export const timingReasons = ['too_soon', 'many_at_once'] as const;

/** Beside the reason of a person's hit: it came through a relay. */
export const relayReason = 'relay_network';

/** What may as well have been the sender, who looked at the copy in his Sent folder: alone where a picture was loaded, else beside it. */
export const ownCopyReason = 'own_copy_in_sent';

export type Haste = (typeof timingReasons)[number];

/** The rules that come with this version of Envoi. */
export const shippedRuleset: Ruleset = readRuleset(readShippedRules());

/** The text of the file that comes along: what an operator starts his own from. */
export function readShippedRules(): string {
  return readFileSync(new URL('./rules.json', import.meta.url), 'utf8');
}

function blockList(ranges: readonly string[]): BlockList {
  const list = new BlockList();
  for (const range of ranges) {
    const [address, bits] = ipaddr.parseCIDR(range);
    list.addSubnet(address.toString(), bits, address.kind());
  }
  return list;
}

function isPattern(text: string): boolean {
  try {
    new RegExp(text);
    return true;
  } catch {
    return false;
  }
}
