import { day } from '#base/time';
import { leastGapDays } from '#domain/runs';
import type { Step } from './policy.ts';

/** Where a document stands in the steps of a policy. */
export type Place =
  | { readonly kind: 'due' | 'later'; readonly step: Step; readonly on: string }
  /** All steps were taken. */
  | { readonly kind: 'over' };

/**
 * Finds the step whose turn it is (or comes next) and its day. Days are calendar days (`YYYY-MM-DD`) in the company's zone. Levels come
 * one at a time, at the distance that the policy gives them: who is long overdue when a policy begins gets its first step first. A
 * step before the due date is not taken any more once that has passed. `done` are the days of the steps that were taken,
 * `lastOn` is the day of the newest reminder, or of a try that nobody got.
 */
export function placeOf(
  steps: readonly Step[],
  dueDate: string,
  today: string,
  taken: { readonly done: readonly number[]; readonly lastOn: string | null },
): Place {
  const highest = Math.max(Number.NEGATIVE_INFINITY, ...taken.done);
  const open = steps
    .filter((step) => step.days > highest && (step.days >= 0 || today <= dueDate))
    .sort((a, b) => a.days - b.days);
  const reachedEarly = open.filter((step) => step.days < 0 && addDays(dueDate, step.days) <= today);
  const step = reachedEarly.at(-1) ?? open[0];
  if (!step) return { kind: 'over' };
  const earliest = addDays(dueDate, step.days);
  const gap = taken.done.length > 0 ? Math.max(leastGapDays, step.days - highest) : leastGapDays;
  const rested = taken.lastOn === null ? earliest : addDays(taken.lastOn, gap);
  const [, on = earliest] = [earliest, rested].sort();
  return { kind: on <= today ? 'due' : 'later', step, on };
}

/** The calendar day so many days after another; whole days, so that no change of the clocks moves it. */
export function addDays(from: string, days: number): string {
  return new Date(Date.parse(`${from}T00:00:00Z`) + days * day).toISOString().slice(0, 10);
}
