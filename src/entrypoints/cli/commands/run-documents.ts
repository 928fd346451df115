import type { components } from '#client';
import { type Given, textOf } from '../command.ts';

type NewRun = components['schemas']['NewRun'];
type Filter = NonNullable<NewRun['filter']>;

/** By what a batch of reminders is selected. */
export const selectionOptions = {
  'overdue-days': { type: 'string' },
  amount: { type: 'string' },
  category: { type: 'string' },
} as const;

/** The selection as it was typed; what is no number is refused by the installation. */
export function selectionOf(given: Given) {
  const days = textOf(given, 'overdue-days');
  return {
    overdueDays: days === undefined ? undefined : Number(days),
    amount: textOf(given, 'amount'),
    customer: textOf(given, 'customer'),
    category: textOf(given, 'category'),
  };
}

/** What documents must fit, where a run takes all that do. */
export const filterOptions = {
  kind: { type: 'string' },
  customer: { type: 'string' },
  paid: { type: 'string' },
  envelope: { type: 'string' },
  search: { type: 'string' },
  from: { type: 'string' },
  to: { type: 'string' },
  due: { type: 'boolean' },
  ...selectionOptions,
} as const;

export const filterUsage =
  '[--kind KIND] [--customer ID] [--paid paid|partly|unpaid] [--envelope STATE,…] [--search WORDS] [--from DAY] [--to DAY]|--due [--overdue-days N] [--amount AMOUNT] [--category WORD] [--customer NAME]';

export type RunDocuments =
  | {
      readonly ok: true;
      readonly chosen: Pick<NewRun, 'documentIds'> | Pick<NewRun, 'filter'> | Pick<NewRun, 'reminders'>;
    }
  | { readonly ok: false; readonly sentence: string };

/** The documents of a run as they were typed: by their ids, or all that fit. Refuses both, and neither. */
export function runDocuments(ids: readonly string[], given: Given): RunDocuments {
  if (given['due'] === true && ids.length === 0)
    return { ok: true, chosen: { reminders: { state: 'due', ...selectionOf(given) } } };
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
