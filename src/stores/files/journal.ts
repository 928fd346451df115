import { mkdir } from 'node:fs/promises';
import { takeOver } from './journal-adoption.ts';
import { type Segment, startSegment } from './journal-segment.ts';

/** The number of a record in the journal of this process. */
export type Entry = number;

/**
 * A list of records that are durable before they reach the database. Each is handed on at least once, also after kill -9 or a
 * power cut: whoever takes them must not mind seeing one twice.
 */
export interface Journal<R> {
  /** Writes the record and returns when it is on the disk; calls at the same time share one flush. Throws StorageFull. */
  append(record: R): Promise<Entry>;
  /** Says that the record has reached its place. Not flushed: a crash right after may hand it on again. */
  done(entry: Entry): Promise<void>;
  /**
   * Hands over, in groups of `limit`, what waits here and was not handed over before, in the order of writing, and what dead
   * processes have left. What `take` does not throw at is done. Stops after the group with which `most` are done, if that is given.
   * Returns how many were done.
   */
  drain(take: (records: readonly R[]) => Promise<void>, limit?: number, most?: number): Promise<number>;
  /** Like `drain`, but only what dead processes have left: for those who say `done` for their own records. */
  replay(take: (records: readonly R[]) => Promise<void>, limit?: number): Promise<number>;
  /** How many records of this process wait. */
  readonly waiting: number;
  /** How many records this process has written since it opened the journal. */
  readonly appended: number;
  /** Flushes and closes; what still waits stays on the disk for the next process. */
  close(): Promise<void>;
}

export type JournalOptions = {
  readonly folder: string;
  /** Which journal: processes with the same name in the same folder inherit from each other. */
  readonly name: string;
  /** A file that is longer, in bytes, is followed by a new one and removed when all of its records are done. */
  readonly rotateAfterBytes?: number;
  /**
   * When more records wait, those of full files are left to the disk, from which `drain` reads them. For records that are never said to be
   * `done` one by one. Usually all stay in memory.
   */
  readonly mostInMemory?: number;
};

const group = 500;

/** Opens the journal of this process; records are plain JSON values. */
export async function openJournal<R>(options: JournalOptions): Promise<Journal<R>> {
  const { folder, name, rotateAfterBytes = 4 * 2 ** 20, mostInMemory = Number.POSITIVE_INFINITY } = options;
  if (!/^[a-z-]+$/.test(name)) throw new Error('The name of a journal has small letters and hyphens.');
  await mkdir(folder, { recursive: true, mode: 0o700 });
  return new OpenJournal<R>(folder, name, rotateAfterBytes, mostInMemory);
}

/** Without a copy of all that wait: they may be many. */
function first<K, V>(all: ReadonlyMap<K, V>, most: number): [K, V][] {
  const found: [K, V][] = [];
  for (const one of all) {
    if (found.length >= most) break;
    found.push(one);
  }
  return found;
}

type Waiting<R> = { readonly record: R; readonly segment: Segment };

class OpenJournal<R> implements Journal<R> {
  #folder: string;
  #name: string;
  #rotateAfterBytes: number;
  #mostInMemory: number;
  #left = new WeakSet<Segment>();
  #records = new Map<Entry, Waiting<R>>();
  #segment: Promise<Segment> | null = null;
  #next = 1;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(folder: string, name: string, rotateAfterBytes: number, mostInMemory: number) {
    this.#folder = folder;
    this.#name = name;
    this.#rotateAfterBytes = rotateAfterBytes;
    this.#mostInMemory = mostInMemory;
  }

  get waiting(): number {
    return this.#records.size;
  }

  get appended(): number {
    return this.#next - 1;
  }

  async append(record: R): Promise<Entry> {
    const entry = this.#next++;
    let segment = await this.#segmentToWrite();
    while (segment.isRetired) segment = await this.#segmentToWrite();
    await segment.write(entry, record);
    if (!this.#left.has(segment)) this.#records.set(entry, { record, segment });
    return entry;
  }

  async done(entry: Entry): Promise<void> {
    const waiting = this.#records.get(entry);
    if (waiting === undefined) return;
    this.#records.delete(entry);
    waiting.segment.finish(entry);
  }

  drain(
    take: (records: readonly R[]) => Promise<void>,
    limit = group,
    most = Number.POSITIVE_INFINITY,
  ): Promise<number> {
    return this.#inTurn(async () => {
      let count = await this.#takeLeft(take, limit);
      while (this.#records.size > 0 && count < most) {
        const part = first(this.#records, limit);
        await take(part.map(([, { record }]) => record));
        for (const [entry] of part) await this.done(entry);
        count += part.length;
      }
      return count;
    });
  }

  replay(take: (records: readonly R[]) => Promise<void>, limit = group): Promise<number> {
    return this.#inTurn(() => this.#takeLeft(take, limit));
  }

  async close(): Promise<void> {
    await this.#turn;
    await (await this.#segment)?.close();
    this.#segment = null;
  }

  #takeLeft(take: (records: readonly R[]) => Promise<void>, limit: number): Promise<number> {
    return takeOver<R>(this.#folder, this.#name, async (records) => {
      for (let at = 0; at < records.length; at += limit) await take(records.slice(at, at + limit));
    });
  }

  /** Two drains at once would hand over the same records. */
  #inTurn(work: () => Promise<number>): Promise<number> {
    const mine = this.#turn.then(work);
    this.#turn = mine.catch(() => undefined);
    return mine;
  }

  /** What waits in full files is forgotten here; each file is closed as one that was left, and the next drain takes it over. */
  #leaveToDisk(): void {
    const full = new Set<Segment>();
    for (const [entry, { segment }] of this.#records) {
      if (!segment.isRetired) continue;
      this.#records.delete(entry);
      full.add(segment);
    }
    for (const segment of full) {
      this.#left.add(segment);
      segment.close().catch(() => undefined); // under its old name it is taken over when this process has ended
    }
  }

  async #segmentToWrite(): Promise<Segment> {
    const current = await this.#segment;
    if (current !== null && current.size < this.#rotateAfterBytes) return current;
    if (current?.isRetired === false) {
      current.retire();
      this.#segment = null;
      if (this.#records.size > this.#mostInMemory) this.#leaveToDisk();
    }
    this.#segment ??= startSegment(this.#folder, this.#name).catch((error: unknown) => {
      this.#segment = null; // the next append tries again
      throw error;
    });
    return this.#segment;
  }
}
