import { dayIn } from '#base/time';
import { type AccountTables, type Company, getCompany } from '#domain/accounts';
import { type CustomerStores, findCustomer, nameKey, saveDocumentWithCustomer } from '#domain/customers';
import {
  type By,
  changeDocument,
  currentByNumber,
  type Document,
  lastCurrencyOf,
  prepareDocument,
  readGivenFacts,
} from '#domain/documents';
import { type Database, inCompany } from '#stores/database';
import { drawOpenSheet } from './draw-open-sheet.ts';
import { type OpenColumn, type OpenRow, type OpenTable, readOpenTable } from './open-columns.ts';
import { type OpenFacts, type OpenProblem, readOpenFacts } from './open-facts.ts';

export interface OpenLine {
  readonly row: number;
  readonly number: string;
  readonly customer: string;
  /** `known`: there is a document of this number, kind and customer; it stays as it is. */
  readonly outcome: 'new' | 'known' | 'wrong';
  readonly documentId: string | null;
  readonly problems: readonly OpenProblem[];
}

export type OpenImported =
  | { readonly ok: true; readonly lines: readonly OpenLine[] }
  | Extract<OpenTable, { ok: false }>;

type Tables = CustomerStores['database'] extends Database<infer Known> ? Known & AccountTables : never;

export type ImportStores = CustomerStores & { readonly database: Database<Tables> };

type Which = { readonly companyId: string; readonly by: By };

/**
 * Takes in open documents from a table with a head, each as a page that is drawn of its facts: number, kind, dates, amount, currency, customer, e-mail, and
 * what was paid before. A line whose number, kind and customer there are already changes nothing, also within the table. A wrong line is left out and
 * reported; the others are taken, each in a transaction of its own. With `dryRun` nothing is kept.
 */
export async function importOpenDocuments(
  stores: ImportStores,
  which: Which,
  table: readonly (readonly string[])[],
  { now, dryRun }: { readonly now: Date; readonly dryRun: boolean },
): Promise<OpenImported> {
  const read = readOpenTable(table);
  if (!read.ok) return read;
  const { company, currency } = await inCompany(stores.database, which.companyId, async (tx) => ({
    company: await getCompany(tx, which.companyId),
    currency: await lastCurrencyOf(tx, which.companyId, null),
  }));
  if (!company) throw new Error('There is no such company.');
  const seen = new Set<string>();
  const lines: OpenLine[] = [];
  for (const row of read.rows) {
    const one = await lineOf(stores, which, { row, company, currency, seen });
    lines.push(
      one.line.outcome === 'new' && !dryRun ? await take(stores, which, one, { company, now }) : one.line,
    );
  }
  return { ok: true, lines };
}

interface Judged {
  readonly line: OpenLine;
  readonly open: OpenFacts | null;
}

async function lineOf(
  stores: ImportStores,
  { companyId }: Which,
  about: { row: OpenRow; company: Company; currency: string | null; seen: Set<string> },
): Promise<Judged> {
  const { cells, row } = about.row;
  const line = { row, number: cells.number ?? '', customer: cells.customer ?? '', documentId: null };
  const open = readOpenFacts(cells, about.currency);
  const problems = open.ok ? factProblems(open) : open.problems;
  if (!open.ok || problems.length > 0) return { line: { ...line, outcome: 'wrong', problems }, open: null };
  const key = [open.facts.kind, open.facts.number.toLowerCase(), nameKey(cells.customer ?? '')].join('\n');
  const known = await inCompany(stores.database, companyId, (tx) => findKnown(tx, companyId, open));
  const isKnown = known !== null || about.seen.has(key);
  about.seen.add(key);
  const outcome = isKnown ? 'known' : 'new';
  return { line: { ...line, outcome, documentId: known?.id ?? null, problems: [] }, open };
}

const pathsOf: Readonly<Record<string, OpenColumn>> = {
  'customer.name': 'customer',
  'customer.vatId': 'vatId',
  'customer.language': 'language',
};

function factProblems({ facts }: OpenFacts): OpenProblem[] {
  const read = readGivenFacts(facts);
  if (read.ok) return [];
  return read.problems.map(({ path, reason }) => ({
    path: pathsOf[path] ?? (path.startsWith('customer.emails') ? 'email' : (path as OpenColumn)),
    reason,
  }));
}

type ReadTx = Parameters<typeof findCustomer>[0] & Parameters<typeof currentByNumber>[0];

async function findKnown(tx: ReadTx, companyId: string, { facts }: OpenFacts): Promise<Document | null> {
  const same = (await currentByNumber(tx, companyId, facts.number)).filter(({ kind }) => kind === facts.kind);
  if (same.length === 0) return null;
  const customer = await findCustomer(tx, companyId, {
    buyerName: facts.customer?.name ?? null,
    buyerVatId: facts.customer?.vatId ?? undefined,
    buyerEmails: facts.customer?.emails ?? [],
  });
  const name = nameKey(facts.customer?.name ?? '');
  const isHis = (one: Document): boolean =>
    (customer !== null && one.customerId === customer.id) || nameKey(one.buyerName ?? '') === name;
  return same.find(isHis) ?? null;
}

async function take(
  stores: ImportStores,
  { companyId, by }: Which,
  { line, open }: Judged,
  { company, now }: { readonly company: Company; readonly now: Date },
): Promise<OpenLine> {
  if (!open) return line;
  const bytes = await drawOpenSheet(company, open);
  const fileName = `${open.facts.number}.pdf`;
  const prepared = await prepareDocument(stores, { companyId, by, fileName, bytes, facts: open.facts });
  if (!prepared.ok) throw new Error(`The page of line ${line.row} was not taken: ${prepared.reason}.`);
  return inCompany(stores.database, companyId, async (tx): Promise<OpenLine> => {
    const { document, existed } = await saveDocumentWithCustomer(tx, prepared.prepared, now);
    if (existed) return { ...line, outcome: 'known', documentId: document.id };
    if (open.paid) {
      const paid = { on: paidOn(open.facts, company, now), amount: open.paid };
      const changed = await changeDocument(tx, { companyId, documentId: document.id, by }, { paid }, now);
      if (!changed.ok) throw new Error(`The part paid of line ${line.row} was not taken: ${changed.reason}.`);
    }
    return { ...line, documentId: document.id };
  });
}

/** When the part was paid is not said: the day of the document where that has been, else today. */
function paidOn({ issueDate }: OpenFacts['facts'], { timeZone }: Company, now: Date): string {
  const today = dayIn(timeZone, now);
  return issueDate && issueDate < today ? issueDate : today;
}
