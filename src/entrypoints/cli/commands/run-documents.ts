import type { components } from '#client';
import { type Given, textOf } from '../command.ts';

type NewRun = components['schemas']['NewRun'];
type Filter = NonNullable<NewRun['filter']>;

/** What documents must fit, where a run takes all that do. */
export const filterOptions = {
  kind: { type: 'string' },
  customer: { type: 'string' },
  paid: { type: 'string' },
  envelope: { type: 'string' },
  search: { type: 'string' },
  from: { type: 'string' },
  to: { type: 'string' },
} as const;

export const filterUsage =
  '[--kind KIND] [--customer ID] [--paid paid|partly|unpaid] [--envelope STATE,…] [--search WORDS] [--from DAY] [--to DAY]';

export type RunDocuments =
  | { readonly ok: true; readonly chosen: Pick<NewRun, 'documentIds'> | Pick<NewRun, 'filter'> }
  | { readonly ok: false; readonly sentence: string };

/** The documents of a run as they were typed: by their ids, or all that fit. Refuses both, and neither. */
export function runDocuments(ids: readonly string[], given: Given): RunDocuments {
  const filter = filterOf(given);
  if (ids.length > 0 && filter)
    return {
      ok: false,
      sentence: `Name documents by their ids, or say what they must fit; not both. To fit: ${filterUsage}`,
    };
  if (filter) return { ok: true, chosen: { filter } };
  if (ids.length > 0) return { ok: true, chosen: { documentIds: [...ids] } };
  return {
    ok: false,
    sentence: `Name documents by their ids, or say what they must fit: ${filterUsage}`,
  };
}

/** Null: nothing of it was typed. What does not exist is refused by the installation. */
function filterOf(given: Given): Filter | null {
  const filter = {
    kind: textOf(given, 'kind'),
    customerId: textOf(given, 'customer'),
    paid: textOf(given, 'paid') as Filter['paid'],
    envelope: textOf(given, 'envelope') as Filter['envelope'],
    q: textOf(given, 'search'),
    from: textOf(given, 'from'),
    to: textOf(given, 'to'),
  };
  return Object.values(filter).some((one) => one !== undefined) ? filter : null;
}
