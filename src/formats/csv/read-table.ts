import { makeConfinedWork } from '#base/confine';
import { second } from '#base/time';
import type { WorkbookRead } from './read-workbook.ts';

export type TableRead =
  | WorkbookRead
  | { readonly ok: false; readonly reason: 'empty' | 'too_big' | 'took_too_long' };

const maximumTableBytes = 5 * 2 ** 20;
export const mostTableRows = 20_000;

const work = makeConfinedWork<Uint8Array, WorkbookRead>({
  module: new URL('./read-table-work.ts', import.meta.url),
  heapMb: 256,
  threads: 1,
});

/** Reads a table that a person brings, as CSV or as a workbook (XLSX), its head as the first row. Refuses what it cannot read; nothing in the bytes can throw or hang it. */
export async function readTable(bytes: Uint8Array): Promise<TableRead> {
  if (bytes.byteLength === 0) return { ok: false, reason: 'empty' };
  if (bytes.byteLength > maximumTableBytes) return { ok: false, reason: 'too_big' };
  const done = await work.run(Uint8Array.from(bytes), { totalMs: 10 * second });
  return done.ok ? done.answer : { ok: false, reason: 'took_too_long' };
}
