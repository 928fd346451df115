import { newId } from '#base/ids';
import { type CustomerTables, getCustomers } from '#domain/customers';
import type { Author, Origin } from '#domain/dispatch';
import { type Document, type DocumentTables, getDocuments } from '#domain/documents';
import { type EvidenceTables, record } from '#domain/evidence';
import type { TemplateTables } from '#domain/templates';
import { notify, type Tx } from '#stores/database';
import {
  type Grouping,
  mostDocuments,
  mostDocumentsPerMail,
  type Run,
  type RunLine,
  type RunOptions,
} from './run.ts';
import { deleteLines, insertLines, selectRunDocuments, uncheckLines } from './run-line-table.ts';
import { insertRun, lockRun, type RunTables, updateRun } from './run-table.ts';
import { type InvalidCells, invalidCells } from './run-texts.ts';
import { runsDue } from './work-runs.ts';

type CreateTx = Tx<RunTables & DocumentTables & CustomerTables & EvidenceTables & TemplateTables>;

export interface NewRun {
  readonly companyId: string;
  readonly author: Author;
  readonly origin: Origin;
  readonly purpose: 'first' | 'reminder';
  readonly grouping: Grouping;
  readonly documentIds: readonly string[];
  readonly options: RunOptions;
  /** Sends what can be sent as soon as everything was looked at, without a person in between. */
  readonly startsItself?: boolean;
}

export type Created =
  | { readonly ok: true; readonly run: Run }
  | { readonly ok: false; readonly reason: 'no_documents' | 'too_many_documents' }
  | InvalidCells;

/** Makes a run with a line per mail. Refuses texts that no mail could fill, and templates of another kind or language. A worker looks at each line (the dry run); nothing leaves before it is started. */
export async function createRun(tx: CreateTx, input: NewRun, now: Date): Promise<Created> {
  const documentIds = [...new Set(input.documentIds)];
  if (documentIds.length > mostDocuments) return { ok: false, reason: 'too_many_documents' };
  const { companyId, author, origin, purpose, grouping, options } = input;
  const invalid = await invalidCells(tx, { companyId, purpose, cells: options.cells });
  if (invalid) return invalid;
  const run: Run = {
    id: newId('run', now),
    ...{ companyId, author, origin, purpose, grouping, options },
    state: 'checking',
    startsItself: input.startsItself ?? false,
    createdAt: now,
    startedAt: null,
    undoUntil: null,
    finishedAt: null,
    waitsUntil: null,
  };
  await insertRun(tx, run);
  const count = await addLines(tx, run, documentIds, now);
  if (count === 0) return { ok: false, reason: 'no_documents' };
  await record(tx, [
    {
      type: 'dispatch.prepared_many',
      companyId,
      at: now,
      actor: author.actor,
      data: { run: run.id, purpose, grouping, documents: documentIds.length, by: author.id },
    },
  ]);
  await notify(tx, runsDue, '');
  return { ok: true, run };
}

export type RunChanged =
  | { readonly ok: true }
  | { readonly ok: false; readonly reason: 'not_found' | 'too_late' }
  | InvalidCells;

/** Changes how a run sends, before it is started; everything is looked at again. */
export async function changeRun(
  tx: CreateTx,
  which: { readonly companyId: string; readonly runId: string },
  change: {
    readonly grouping: Grouping;
    readonly options: RunOptions;
  },
  now: Date,
): Promise<RunChanged> {
  const run = await lockRun(tx, which.companyId, which.runId);
  if (!run) return { ok: false, reason: 'not_found' };
  if (run.state !== 'ready' && run.state !== 'checking') return { ok: false, reason: 'too_late' };
  const { grouping, options } = change;
  const { companyId, purpose } = run;
  const invalid = await invalidCells(tx, { companyId, purpose, cells: options.cells });
  if (invalid) return invalid;
  await updateRun(tx, run, { grouping, options, state: 'checking' });
  if (grouping === run.grouping) await uncheckLines(tx, which, ['ready', 'blocked', 'excluded']);
  else {
    const documentIds = await selectRunDocuments(tx, which);
    await deleteLines(tx, which);
    await addLines(tx, { ...run, grouping }, documentIds, now);
  }
  await notify(tx, runsDue, '');
  return { ok: true };
}

const batch = 1000;

async function addLines(tx: CreateTx, run: Run, ids: readonly string[], now: Date): Promise<number> {
  const groups = new Map<string, { documentIds: string[]; customerId: string | null; name: string }>();
  for (let at = 0; at < ids.length; at += batch)
    for (const document of await getDocuments(tx, run.companyId, ids.slice(at, at + batch)))
      place(groups, run.grouping, document);
  const lines = [...groups.values()].map(({ documentIds, name, customerId }, position) => ({
    id: newId('runLine', now),
    companyId: run.companyId,
    runId: run.id,
    ...{ position, documentIds, customerId, customerName: name },
  }));
  for (let at = 0; at < lines.length; at += batch)
    await insertLines(tx, await named(tx, run.companyId, lines.slice(at, at + batch)));
  return lines.length;
}

/** Documents without a customer, and those in another currency, go alone: one mail asks one firm for one sum. */
function place(
  groups: Map<string, { documentIds: string[]; customerId: string | null; name: string }>,
  grouping: Grouping,
  document: Document,
): void {
  const { id, customerId, currency } = document;
  const shared = grouping === 'customer' && customerId ? `${customerId}/${currency ?? ''}` : id;
  let key = shared;
  for (let part = 2; (groups.get(key)?.documentIds.length ?? 0) >= mostDocumentsPerMail; part += 1)
    key = `${shared}#${part}`;
  const group = groups.get(key) ?? { documentIds: [], customerId, name: document.buyerName ?? '' };
  group.documentIds.push(id);
  groups.set(key, group);
}

type NewLine = Pick<RunLine, 'id' | 'companyId' | 'runId' | 'position' | 'documentIds' | 'customerName'> & {
  readonly customerId: string | null;
};

async function named(tx: CreateTx, companyId: string, lines: readonly NewLine[]): Promise<NewLine[]> {
  const ids = [...new Set(lines.flatMap((line) => line.customerId ?? []))];
  const names = new Map((await getCustomers(tx, companyId, ids)).map((one) => [one.id, one.name]));
  return lines.map((line) => ({
    ...line,
    customerName: names.get(line.customerId ?? '') ?? line.customerName,
  }));
}
