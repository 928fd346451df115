import { dayIn } from '#base/time';
import type { Company } from './company.ts';
import type { PlanMonth } from './plan-month.ts';

/** A limit that is reached: how much there is, how much is used, and the day on which it begins anew. */
export interface ReachedLimit {
  readonly limit: number;
  readonly used: number;
  readonly anew: string;
}

/** The reached limit of a month as one short text, which stands with the reason `plan_limit`: `1000/1000 2026-12-01`. */
export function limitValue(
  of: { readonly limit: number; readonly used: number },
  { timeZone }: Pick<Company, 'timeZone'>,
  { until }: PlanMonth,
): string {
  return `${of.used}/${of.limit} ${dayIn(timeZone, until)}`;
}

/** Reads it again; null when it is none. */
export function readLimitValue(value: string | undefined): ReachedLimit | null {
  const [, used, limit, anew] = /^(\d+)\/(\d+) (\d{4}-\d\d-\d\d)$/.exec(value ?? '') ?? [];
  return used && limit && anew ? { used: Number(used), limit: Number(limit), anew } : null;
}

/** What programs are told in one sentence; screens have it in the languages. */
export function limitSentence(value: string | undefined): string {
  const reached = readLimitValue(value);
  if (!reached) return 'The plan of this company has no room for that.';
  const { limit, used, anew } = reached;
  return `The plan allows ${limit} ${limit === 1 ? 'e-mail' : 'e-mails'} a month, ${used} ${used === 1 ? 'is' : 'are'} used, and this needs more than is left. It begins anew on ${anew}.`;
}
