import {
  compareDecimals,
  type DocumentKind,
  type FactProblemReason,
  type GivenFacts,
  isDecimal,
  kindNamed,
  subtractDecimals,
  sumDecimals,
} from '#domain/documents';
import type { OpenCells, OpenColumn } from './open-columns.ts';

/** A cell that is wrong. */
export interface OpenProblem {
  readonly path: OpenColumn;
  readonly reason: FactProblemReason | 'more_than_total';
}

export interface OpenFacts {
  readonly facts: GivenFacts & {
    readonly kind: DocumentKind;
    readonly number: string;
    readonly total: string;
  };
  /** What was paid before; null: nothing. */
  readonly paid: string | null;
}

export type OpenFactsRead =
  | ({ readonly ok: true } & OpenFacts)
  | { readonly ok: false; readonly problems: readonly OpenProblem[] };

/** What a line says of a document: amount and part paid follow from any two of amount, open and paid. `currency` is used where the line says none. */
export function readOpenFacts(cells: OpenCells, currency: string | null): OpenFactsRead {
  const problems: OpenProblem[] = [];
  const need = (path: OpenColumn, value: string | null | undefined): string => {
    if (!value) problems.push({ path, reason: 'required' });
    return value ?? '';
  };
  const kind = cells.kind === undefined ? 'invoice' : kindNamed(cells.kind);
  if (kind === null) problems.push({ path: 'kind', reason: 'not_a_kind' });
  const number = need('number', cells.number);
  const name = need('customer', cells.customer);
  const money = readMoney(cells, problems);
  const facts = {
    kind: kind ?? 'other',
    number,
    issueDate: cells.issueDate ?? null,
    dueDate: cells.dueDate ?? null,
    currency: need('currency', cells.currency ?? currency),
    total: money.total,
    customer: {
      name,
      emails: emailsOf(cells.email),
      vatId: cells.vatId ?? null,
      language: cells.language?.toLowerCase().slice(0, 2) ?? null,
    },
  };
  return problems.length > 0 ? { ok: false, problems } : { ok: true, facts, paid: money.paid };
}

function emailsOf(cell: string | undefined): string[] {
  return (cell ?? '')
    .split(/[;,\n]/)
    .map((one) => one.trim())
    .filter(Boolean);
}

function readMoney(cells: OpenCells, problems: OpenProblem[]): { total: string; paid: string | null } {
  for (const path of ['total', 'open', 'paid'] as const) {
    const cell = cells[path];
    if (cell !== undefined && !isDecimal(cell)) problems.push({ path, reason: 'not_an_amount' });
  }
  if (problems.some(({ reason }) => reason === 'not_an_amount')) return { total: '', paid: null };
  const { open, paid } = cells;
  const total = cells.total ?? (open ? sumDecimals([open, paid ?? '0']) : undefined);
  if (total === undefined) {
    problems.push({ path: 'total', reason: 'required' });
    return { total: '', paid: null };
  }
  const part = paid ?? (open ? subtractDecimals(total, open) : '0');
  if (compareDecimals(part, '0') < 0)
    problems.push({ path: paid ? 'paid' : 'open', reason: 'more_than_total' });
  else if (compareDecimals(part, '0') > 0 && compareDecimals(part, total) > 0)
    problems.push({ path: 'paid', reason: 'more_than_total' });
  return { total, paid: compareDecimals(part, '0') > 0 ? part : null };
}
