import { type RawBuilder, sql } from 'kysely';

/** Where a page ends in a list from the newest row to the oldest. */
export interface NewestPlace {
  readonly createdAt: Date;
  readonly id: string;
}

/** The condition for rows behind a place of a list that is ordered by `created_at desc, id desc`; all rows for null. */
export function isBehind(place: NewestPlace | null): RawBuilder<boolean> {
  return place ? sql<boolean>`(created_at, id) < (${place.createdAt}, ${place.id})` : sql<boolean>`true`;
}
