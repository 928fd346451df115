import { z } from 'zod';
import { classifyHit } from './classify-hit.ts';
import type { HitClass, Signal } from './hit.ts';
import { type Ruleset, shippedRuleset } from './ruleset.ts';

const question = z.object({
  path: z.string().max(4000),
  method: z.string().max(20).default('GET'),
  userAgent: z.string().max(4000).default(''),
  ip: z.string().max(100).default(''),
  secondsSinceDelivery: z.number().nullable().default(null),
});

export type DescribedHit =
  | { readonly ok: true; readonly hit: HitClass }
  | { readonly ok: false; readonly reason: 'unreadable_hit'; readonly problem: string };

/** Classifies one hit given from outside (`{path, method, userAgent, ip, secondsSinceDelivery}`), alone and without history. */
export function describeHit(input: unknown, now: Date, ruleset: Ruleset = shippedRuleset): DescribedHit {
  const read = question.safeParse(input);
  if (!read.success) return { ok: false, reason: 'unreadable_hit', problem: z.prettifyError(read.error) };
  const { path, ...rest } = read.data;
  const facts = {
    ...rest,
    signal: signalOf(path),
    session: null,
    documentId: null,
    isStaff: path.startsWith('/preview/'),
    isLocal: false,
    at: now,
  };
  return { ok: true, hit: classifyHit(facts, [], ruleset) };
}

/** What a path below the portal's address stands for. */
export function signalOf(path: string): Signal {
  const plain = path.split(/[?#]/, 1)[0] ?? '';
  if (/^\/o\//.test(plain) || plain.endsWith('.gif')) return 'pixel';
  if (/^\/d\/[^/]+\/seen$/.test(plain)) return 'view';
  return /^\/d\/[^/]+\/file\//.test(plain) ? 'file' : 'page';
}
