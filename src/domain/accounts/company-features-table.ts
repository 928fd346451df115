import { sql } from 'kysely';
import type { Feature, PlanLimits } from './plan.ts';

/** What a company's plan holds: its own, else the usual one; null where there are no plans. */
export const featuresOfCompany = sql<Feature[] | null>`coalesce(
  (select features from plans where name = companies.plan), (select features from plans where is_usual))`;

/** What its plan limits; null where there are no plans. */
export const limitsOfCompany = sql<PlanLimits | null>`coalesce(
  (select limits from plans where name = companies.plan), (select limits from plans where is_usual))`;
