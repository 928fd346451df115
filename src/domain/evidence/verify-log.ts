import { asWorker, type Database, type Tx } from '#stores/database';
import { checkEvent } from './check-event.ts';
import type { EvidenceTables } from './event-table.ts';
import { Broken, type LogBreak } from './log-break.ts';
import { selectLogSize } from './log-table.ts';
import { selectTreeSize } from './log-tree-table.ts';
import {
  holdStill,
  selectErased,
  selectForCheck,
  selectStrayDisclosure,
  selectWaiting,
  selectWrongHead,
  type VerifyRow,
} from './verify-table.ts';
import { checkpointChecks, readOutside, tailChecks, treeChecks } from './verify-tree.ts';

export interface LogReport {
  readonly events: number;
  /** How many of them the newest checkpoint is signed over. */
  readonly covered: number;
  readonly waiting: number;
  readonly checkpoints: number;
  readonly stamps: number;
  /** Personal fields that were erased, each accounted for by an event. */
  readonly erased: number;
  readonly broken: LogBreak | null;
}

export interface VerifyOptions {
  /** Public keys of the log (C2SP verifier keys), as they are known outside of the database. */
  readonly verifiers: readonly string[];
  /** A checkpoint that was kept elsewhere: the note, or its SHA-256 as base64url, as mails carry it. */
  readonly outside?: string;
  /** Awaited after each batch, for a check that must not take all of the processor; what it throws ends the check. */
  readonly betweenBatches?: () => Promise<void>;
}

const batch = 2000;

type VerifyTx = Tx<EvidenceTables>;
type Tally = { -readonly [Name in keyof LogReport]: LogReport[Name] };

/**
 * Recomputes the whole log from its rows: bytes, chains, counters, places, tree, checkpoints, stamps, disclosures; and compares
 * with a checkpoint from outside. Memory does not grow with the log. Returns what was found, with the first break.
 */
export function verifyLog(database: Database<EvidenceTables>, options: VerifyOptions): Promise<LogReport> {
  const tally: Tally = {
    events: 0,
    covered: 0,
    waiting: 0,
    checkpoints: 0,
    stamps: 0,
    erased: 0,
    broken: null,
  };
  return asWorker(database, async (tx) => {
    await holdStill(tx);
    try {
      await checkAll(tx, options, tally);
    } catch (error) {
      if (!(error instanceof Broken)) throw error;
      tally.broken = error.found;
    }
    return tally;
  });
}

async function checkAll(tx: VerifyTx, options: VerifyOptions, tally: Tally): Promise<void> {
  const { verifiers, outside, betweenBatches } = options;
  const size = await selectLogSize(tx);
  const expected = outside ? await readOutside(tx, outside, verifiers) : null;
  const checks = checkpointChecks(tx, verifiers, expected, tally);
  const tree = treeChecks(tx, await selectTreeSize(tx));
  const tail = tailChecks();
  for await (const rows of readAhead((after) => selectForCheck(tx, after, batch))) {
    const missing: Missing[] = [];
    for (const row of rows) {
      tally.events += 1;
      if (row.log_index !== tally.events) throw new Broken('event_missing', { logIndex: tally.events });
      missing.push(...checkRow(row));
      tree.add(row);
      tail.add(row);
      await checks.at(tally.events, tree.root);
      if (tally.covered === tally.events) tail.covered();
    }
    await tree.compare();
    await checkErased(tx, missing, tally);
    await betweenBatches?.();
  }
  if (tally.events !== size) throw new Broken('event_missing', { logIndex: tally.events + 1 });
  tree.end();
  checks.end(size);
  await checkWaiting(tx, tally, tail.add);
  tail.end();
  const head = await selectWrongHead(tx);
  if (head) throw new Broken('head_differs', { part: head });
  const stray = await selectStrayDisclosure(tx);
  if (stray) throw new Broken('event_missing', { eventId: stray });
}

/** The batches of the log; while one is checked, the database reads the next. */
async function* readAhead(read: (after: number) => Promise<VerifyRow[]>): AsyncGenerator<VerifyRow[]> {
  let next = read(0);
  try {
    for (;;) {
      const rows = await next;
      const last = rows.at(-1)?.log_index;
      if (!last) return;
      next = read(last);
      next.catch(() => undefined); // whoever awaits it hears of it
      yield rows;
    }
  } finally {
    await next.catch(() => undefined); // nothing may be asked any more when the transaction ends
  }
}

interface Missing {
  readonly row: VerifyRow;
  readonly digests: readonly string[];
}

/** Returns the fields of the row whose values are gone. */
function checkRow(row: VerifyRow): Missing[] {
  const { fault, part = null, missing } = checkEvent(row);
  if (fault) throw new Broken(fault, { logIndex: row.log_index, eventId: row.id, part });
  return missing.length > 0 ? [{ row, digests: missing }] : [];
}

/** A value that is gone must have been erased by an event that says so. */
async function checkErased(tx: VerifyTx, missing: readonly Missing[], tally: Tally): Promise<void> {
  const erased = await selectErased(
    tx,
    missing.map(({ row }) => row.id),
  );
  for (const { row, digests } of missing) {
    if (!digests.every((digest) => erased.get(row.id)?.has(digest)))
      throw new Broken('disclosure_missing', { logIndex: row.log_index, eventId: row.id });
    tally.erased += digests.length;
  }
}

async function checkWaiting(tx: VerifyTx, tally: Tally, note: (row: VerifyRow) => void): Promise<void> {
  for (let rows = await selectWaiting(tx, 0, batch); rows.length > 0; ) {
    await checkErased(tx, rows.flatMap(checkRow), tally);
    tally.waiting += rows.length;
    rows.forEach(note);
    rows = await selectWaiting(tx, rows.at(-1)?.seq ?? 0, batch);
  }
}
