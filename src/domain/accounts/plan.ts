import type { ColumnType } from 'kysely';
import { z } from 'zod';

/**
 * What a plan may hold back. `engagement`: opens, views and downloads, which are then not recorded either; the others are parts of the
 * product as a whole.
 */
export const features = ['engagement', 'reminders', 'registered', 'api', 'users'] as const;
export type Feature = (typeof features)[number];

/** How much of something a plan holds; absent: as much as anybody likes. */
export interface PlanLimits {
  /** E-mails to recipients that are accepted for sending in a calendar month of the company's zone. */
  readonly messagesPerMonth?: number;
  /** People of the company, those included who are invited. */
  readonly users?: number;
}

export interface Plan {
  readonly name: string;
  readonly features: readonly Feature[];
  /** Absent: none. */
  readonly limits?: PlanLimits;
  /** Of companies that were given none. */
  readonly isUsual: boolean;
}

export interface PlanTables {
  plans: {
    name: string;
    features: Feature[];
    limits: ColumnType<PlanLimits, string, string>;
    is_usual: boolean;
  };
}

const name = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,39}$/, 'is no name of a plan: small letters, digits and hyphens');

const limits = z.strictObject({
  messagesPerMonth: z.int().min(0).max(1_000_000_000).optional(),
  users: z.int().min(1).max(1_000_000).optional(),
});

const file = z.strictObject({
  usual: z.string(),
  plans: z.record(name, z.strictObject({ features: z.array(z.enum(features)), limits: limits.default({}) })),
});

/** Typed limits, empty where there is none; null when one is no number that a plan can have. */
export function readLimits(typed: Readonly<Record<keyof PlanLimits, string>>): PlanLimits | null {
  const given = Object.entries(typed).filter(([, text]) => text.trim() !== '');
  const read = limits.safeParse(Object.fromEntries(given.map(([key, text]) => [key, Number(text.trim())])));
  return read.success ? read.data : null;
}

/** Reads an operator's file of plans: `{"usual": "small", "plans": {"small": {"features": ["api"], "limits": {"users": 2}}}}`. */
export function readPlans(
  text: string,
): { readonly ok: true; readonly plans: readonly Plan[] } | { readonly ok: false; readonly problem: string } {
  let given: unknown;
  try {
    given = JSON.parse(text);
  } catch (error) {
    return { ok: false, problem: error instanceof Error ? error.message : String(error) };
  }
  const read = file.safeParse(given);
  if (!read.success) return { ok: false, problem: z.prettifyError(read.error) };
  const { usual, plans } = read.data;
  if (!(usual in plans)) return { ok: false, problem: `The usual plan "${usual}" is not among the plans.` };
  return {
    ok: true,
    plans: Object.entries(plans).map(([name, plan]) => ({ name, ...plan, isUsual: name === usual })),
  };
}

/** A typed name of a plan; null when it cannot be one. */
export function readPlanName(typed: string): string | null {
  const read = name.safeParse(typed.trim());
  return read.success ? read.data : null;
}

/** Tells whether a company has a feature; where there are no plans, everybody has everything. */
export function hasFeature(
  company: { readonly features: readonly Feature[] | null },
  feature: Feature,
): boolean {
  return company.features === null || company.features.includes(feature);
}
