import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { randomToken } from '#base/crypto';
import { beatHeart, ownIdentity } from '#stores/locks';
import { flushFolder } from './disk-files.ts';
import { throwStorageError } from './file-store.ts';
import { leftMark } from './journal-adoption.ts';
import { formatLine, type JournalLine } from './journal-lines.ts';

type Write = {
  readonly line: JournalLine;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
};

/** Starts a new file of a journal; its first line names the process that it belongs to. */
export async function startSegment(folder: string, name: string): Promise<Segment> {
  const path = join(folder, `${name}.${process.pid}-${randomToken(6)}.journal`);
  const file = await open(path, 'wx', 0o600).catch((error) => throwStorageError(error, folder));
  try {
    const head = Buffer.from(`${ownIdentity()}\n`);
    await writeAll(file, head, 0);
    await file.sync();
    await flushFolder(folder);
    return new Segment(path, file, head.length);
  } catch (error) {
    await file.close();
    await rm(path, { force: true });
    return throwStorageError(error, folder);
  }
}

// A flush of bytes that the file has already is one write of the disk; one that makes the file longer is a change of the file system too.
const reserveBytes = 2 ** 20;

/** One file of a journal, filled into room that was reserved with zeros. Writes that come while the disk is busy go out together with one flush. */
export class Segment {
  readonly #path: string;
  readonly #file: FileHandle;
  readonly #stopHeart: () => void;
  #queue: Write[] = [];
  #notes = '';
  #writing: Promise<void> | null = null;
  #open = 0;
  #mayBeTorn = false;
  #isClosed = false;
  #reserved = 0;
  /** Bytes written so far; what follows in the file is zeros. */
  size: number;
  /** Nothing more is written here. */
  isRetired = false;

  constructor(path: string, file: FileHandle, size: number) {
    this.#path = path;
    this.#file = file;
    this.size = size;
    this.#stopHeart = beatHeart(path);
  }

  write(entry: number, record: unknown): Promise<void> {
    const line: JournalLine = { kind: 'record', entry, json: JSON.stringify(record) };
    this.#open += 1;
    return new Promise((resolve, reject) => {
      this.#queue.push({ line, resolve, reject });
      this.#writing ??= this.#writeOut();
    });
  }

  /** Notes that a record is done; the last one of a retired file removes it. */
  finish(entry: number): void {
    this.#open -= 1;
    this.#notes += formatLine({ kind: 'done', entry });
    this.#writing ??= this.#writeOut();
  }

  retire(): void {
    this.isRetired = true;
    this.#writing ??= this.#writeOut();
  }

  /** Ends the file. One with open records stays, for the next process. */
  async close(): Promise<void> {
    this.retire();
    while (this.#writing !== null) await this.#writing;
    if (this.#isClosed) return;
    await this.#end();
    await rename(this.#path, this.#path.replace(/(?=\.journal$)/, `${leftMark}${process.pid}`));
  }

  async #writeOut(): Promise<void> {
    await Promise.resolve(); // those who call in the same turn come along
    while (this.#queue.length > 0 || this.#notes !== '') {
      const group = this.#queue;
      this.#queue = [];
      try {
        await this.#append(this.#takeNotes(), group);
        for (const { resolve } of group) resolve();
      } catch (error) {
        this.#open -= group.length;
        for (const { reject } of group) reject(error);
      }
    }
    if (this.isRetired && this.#open === 0 && !this.#isClosed) {
      // A file that cannot be removed is read again at the next start; all of its records are done.
      await this.#end()
        .then(() => rm(this.#path, { force: true }))
        .catch(() => undefined);
    }
    this.#writing = null;
  }

  async #append(notes: string, group: readonly Write[]): Promise<void> {
    const text = Buffer.from(notes + group.map(({ line }) => formatLine(line)).join(''));
    const at = this.size;
    this.size += text.length;
    try {
      await this.#put(text, at);
      if (group.length > 0) await this.#file.datasync();
    } catch (error) {
      if (group.length === 0) return; // a lost note: the record is handed over once more
      this.#mayBeTorn = true;
      this.#reserved = 0;
      throwStorageError(error, this.#path);
    }
  }

  /** Writes bytes, followed by zeros for those to come where the reserved room is used up and the disk has more. */
  async #put(text: Buffer, at: number): Promise<void> {
    if (this.size <= this.#reserved) return writeAll(this.#file, text, at);
    this.#reserved = 0;
    try {
      await writeAll(this.#file, Buffer.concat([text], text.length + reserveBytes), at);
      this.#reserved = this.size + reserveBytes;
    } catch {
      await this.#file.truncate(at); // gives back what the zeros took: the bytes alone may fit
      await writeAll(this.#file, text, at);
    }
  }

  #takeNotes(): string {
    // After a failed write half a line may stand there: the next one begins on its own.
    const notes = this.#mayBeTorn ? `\n${this.#notes}` : this.#notes;
    this.#mayBeTorn = false;
    this.#notes = '';
    return notes;
  }

  async #end(): Promise<void> {
    this.#isClosed = true;
    this.#stopHeart();
    await this.#file.close();
  }
}

/** The system may take fewer bytes than it was given. */
async function writeAll(file: FileHandle, bytes: Buffer, position: number): Promise<void> {
  for (let from = 0; from < bytes.length; ) {
    const { bytesWritten } = await file.write(bytes, from, bytes.length - from, position + from);
    from += bytesWritten;
  }
}
