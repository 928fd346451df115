import { makeConfinedWork } from '#base/confine';
import type { ApartReason, JoinAnswer, JoinTask, PdfPart } from './join-task.ts';
import { looksLikePdf } from './limits.ts';

export interface JoinedPdf {
  /** Null where fewer than two parts could be joined: there is nothing to gain then. */
  readonly bytes: Buffer | null;
  /** The parts that stay apart, by their place in the list, and why. */
  readonly apart: readonly { readonly part: number; readonly reason: ApartReason }[];
}

const work = makeConfinedWork<JoinTask, JoinAnswer>({
  module: new URL('./join-work.ts', import.meta.url),
  heapMb: 256,
  threads: 1,
});

/** A mail takes 25 MB of files; pages beyond that count are not invoices. */
const maxBytes = 25 * 2 ** 20;
const maxPages = 1000;
const timeLimitMs = 90_000;

/**
 * Puts PDFs from outside one after the other into one file, each with a bookmark. `losing`: also those whose files or signature are lost by
 * it; else they stay apart, as do all that cannot be opened. Runs in a thread of its own with limits on time and memory; where these do not
 * suffice, everything stays apart.
 */
export async function joinPdfs(
  parts: readonly PdfPart[],
  options: {
    readonly title: string;
    readonly language: string;
    readonly date: Date;
    readonly losing: boolean;
  },
): Promise<JoinedPdf> {
  const all = (reason: ApartReason): JoinedPdf => ({
    bytes: null,
    apart: parts.map((_, part) => ({ part, reason })),
  });
  if (parts.reduce((sum, { bytes }) => sum + bytes.byteLength, 0) > maxBytes) return all('too_big');
  const broken = parts.flatMap(({ bytes }, part) => (looksLikePdf(bytes) ? [] : [part]));
  const task = {
    parts: parts.map((part, at) => (broken.includes(at) ? { ...part, bytes: new Uint8Array() } : part)),
    ...{ ...options, date: options.date.toISOString(), maxPages },
  };
  const done = await work.run(task, { totalMs: timeLimitMs });
  if (!done.ok) return all(done.reason === 'took_too_long' ? 'took_too_long' : 'too_big');
  const { bytes, apart } = done.answer;
  return { bytes: bytes ? Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength) : null, apart };
}
