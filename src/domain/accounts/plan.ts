import { z } from 'zod';

/**
 * What a plan may hold back. `engagement`: opens, views and downloads, which are then not recorded either; the others are parts of the
 * product as a whole.
 */
export const features = ['engagement', 'reminders', 'registered', 'api', 'users'] as const;
export type Feature = (typeof features)[number];

export interface Plan {
  readonly name: string;
  readonly features: readonly Feature[];
  /** Of companies that were given none. */
  readonly isUsual: boolean;
}

export interface PlanTables {
  plans: { name: string; features: Feature[]; is_usual: boolean };
}

const name = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,39}$/, 'is no name of a plan: small letters, digits and hyphens');

const file = z.strictObject({
  usual: z.string(),
  plans: z.record(name, z.strictObject({ features: z.array(z.enum(features)) })),
});

/** Reads an operator's file of plans: `{"usual": "standard", "plans": {"standard": {"features": ["api"]}}}`. */
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
