import { join } from '#base/der';

/** A file in an archive; names have forward slashes and no way up. */
export interface ArchiveEntry {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** The bytes are no archive of ours; the message says why, in English. `entry` names the file that it is about. */
export class ArchiveRefused extends Error {
  override readonly name = 'ArchiveRefused';
  readonly entry: string | null;
  constructor(message: string, entry: string | null = null) {
    super(message);
    this.entry = entry;
  }
}

const mostEntries = 20_000;
const nameForm = /^(?!.*(?:^|\/)\.{1,2}(?:\/|$))[A-Za-z0-9_][A-Za-z0-9._@+/-]{0,199}$/;
const [localSignature, centralSignature, endSignature] = [0x04034b50, 0x02014b50, 0x06054b50];
const [localBytes, centralBytes, endBytes] = [30, 46, 22];
const utf8Flag = 0x0800;
const version = 20;
const unixVersion = 0x0300 | version;

/**
 * Writes a ZIP whose bytes follow from its files alone: nothing compressed, no extra fields, one time for all. So a reader can write it
 * again and see every changed byte, and no small archive becomes a large one. Throws ArchiveRefused on an unfit or doubled name.
 */
export function writeArchive(entries: readonly ArchiveEntry[], at: Date): Uint8Array {
  const stamp = dosTime(at);
  const [parts, central]: [Uint8Array[], Uint8Array[]] = [[], []];
  let offset = 0;
  const names = new Set<string>();
  for (const entry of entries) {
    if (!nameForm.test(entry.name) || names.has(entry.name))
      throw new ArchiveRefused('This is no name for a file.', entry.name);
    names.add(entry.name);
    const { local, outer } = headersOf(entry, stamp, offset);
    parts.push(local, entry.bytes);
    central.push(outer);
    offset += local.length + entry.bytes.length;
  }
  const size = central.reduce((sum, part) => sum + part.length, 0);
  const count = entries.length;
  const places = [
    [2, count],
    [2, count],
    [4, size],
    [4, offset],
    [2, 0],
  ] as const;
  return join([...parts, ...central, fields([4, endSignature], [2, 0], [2, 0], ...places)]);
}

/** The header before a file and its line in the list at the end (APPNOTE 4.3.7, 4.3.12), each with the name. */
function headersOf({ name, bytes }: ArchiveEntry, stamp: ReturnType<typeof dosTime>, offset: number) {
  const label = new TextEncoder().encode(name);
  const sizes = [
    [4, crc32(bytes)],
    [4, bytes.length],
    [4, bytes.length],
    [2, label.length],
    [2, 0],
  ] as const;
  const about = [[2, utf8Flag], [2, 0], [2, stamp.time], [2, stamp.date], ...sizes] as const;
  const mode = (/\.(?:sh|mjs)$/.test(name) ? 0o100755 : 0o100644) * 0x10000;
  const rest = [
    [2, 0],
    [2, 0],
    [2, 0],
    [4, mode],
    [4, offset],
  ] as const;
  return {
    local: join([fields([4, localSignature], [2, version], ...about), label]),
    outer: join([fields([4, centralSignature], [2, unixVersion], [2, version], ...about, ...rest), label]),
  };
}

/**
 * Reads an archive that `writeArchive` made. Throws ArchiveRefused for anything else: compressed files, names that lead out of the folder,
 * and every byte that is not where it belongs.
 */
export function readArchive(bytes: Uint8Array): ArchiveEntry[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = bytes.length - endBytes;
  if (end < 0 || view.getUint32(end, true) !== endSignature)
    throw new ArchiveRefused('This is no evidence file, or its end is missing.');
  const count = view.getUint16(end + 10, true);
  if (count === 0 || count > mostEntries) throw new ArchiveRefused('The list of files is damaged.');
  const entries: PlacedEntry[] = [];
  let at = view.getUint32(end + 16, true);
  for (let index = 0; index < count; index += 1) {
    const entry = readEntry(bytes, view, at, end);
    entries.push({ ...entry, listedAt: at });
    at += centralBytes + entry.name.length;
  }
  const again = writeArchive(entries, timeOf(view, entries[0]?.from ?? 0));
  const different = firstDifference(bytes, again);
  if (different !== null) throw new ArchiveRefused('The container was changed.', entryAt(entries, different));
  return entries.map(({ name, bytes: content }) => ({ name, bytes: content }));
}

function readEntry(bytes: Uint8Array, view: DataView, at: number, end: number) {
  if (at + centralBytes > end || view.getUint32(at, true) !== centralSignature)
    throw new ArchiveRefused('The list of files is damaged.');
  const length = view.getUint16(at + 28, true);
  const label = bytes.subarray(at + centralBytes, at + centralBytes + length);
  const name = String.fromCharCode(...label);
  if (label.length !== length || !nameForm.test(name))
    throw new ArchiveRefused('A file has a name that is not allowed.');
  if (view.getUint16(at + 10, true) !== 0)
    throw new ArchiveRefused('A file is compressed; evidence files are not.', name);
  const size = view.getUint32(at + 24, true);
  const from = view.getUint32(at + 42, true);
  const start = from + localBytes + length;
  if (start + size > end) throw new ArchiveRefused('A file is longer than its archive.', name);
  return { name, bytes: bytes.subarray(start, start + size), from };
}

/** A file of the archive, where it begins, and where the list at the end names it. */
interface PlacedEntry extends ArchiveEntry {
  readonly from: number;
  readonly listedAt: number;
}

/** The file that a place in the archive belongs to: its own bytes, or its line in the list at the end. */
function entryAt(entries: readonly PlacedEntry[], at: number): string | null {
  const found = entries.find(
    ({ name, bytes, from, listedAt }) =>
      (at >= from && at < from + localBytes + name.length + bytes.length) ||
      (at >= listedAt && at < listedAt + centralBytes + name.length),
  );
  return found?.name ?? null;
}

function firstDifference(a: Uint8Array, b: Uint8Array): number | null {
  const shorter = Math.min(a.length, b.length);
  for (let at = 0; at < shorter; at += 1) if (a[at] !== b[at]) return at;
  return a.length === b.length ? null : shorter;
}

function fields(...all: readonly (readonly [2 | 4, number])[]): Uint8Array {
  const bytes = new Uint8Array(all.reduce((sum, [width]) => sum + width, 0));
  const view = new DataView(bytes.buffer);
  let at = 0;
  for (const [width, value] of all) {
    if (width === 2) view.setUint16(at, value, true);
    else view.setUint32(at, value, true);
    at += width;
  }
  return bytes;
}

/** MS-DOS time in UTC, to two seconds (ZIP has nothing better without extra fields). */
function dosTime(at: Date): { readonly time: number; readonly date: number } {
  const time = (at.getUTCHours() << 11) | (at.getUTCMinutes() << 5) | (at.getUTCSeconds() >> 1);
  return {
    time,
    date: ((at.getUTCFullYear() - 1980) << 9) | ((at.getUTCMonth() + 1) << 5) | at.getUTCDate(),
  };
}

function timeOf(view: DataView, from: number): Date {
  if (from + localBytes > view.byteLength) throw new ArchiveRefused('The list of files is damaged.');
  const [time, date] = [view.getUint16(from + 10, true), view.getUint16(from + 12, true)];
  const day = [(date >> 9) + 1980, ((date >> 5) & 15) - 1, date & 31] as const;
  return new Date(Date.UTC(...day, time >> 11, (time >> 5) & 63, (time & 31) * 2));
}

let table: Uint32Array | null = null;

/** The checksum of ZIP (ISO 3309); it guards against accidents only. */
function crc32(bytes: Uint8Array): number {
  table ??= Uint32Array.from({ length: 256 }, (_, start) => {
    let value = start;
    for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
    return value;
  });
  let crc = 0xffffffff;
  for (const byte of bytes) crc = (table[(crc ^ byte) & 255] ?? 0) ^ (crc >>> 8);
  return (crc ^ 0xffffffff) >>> 0;
}
