import type { ParsedTable } from './parse-table.ts';

export type WorkbookRead = ParsedTable | { readonly ok: false; readonly reason: 'not_a_workbook' };

/** What a ZIP begins with, and so a workbook. */
export function looksLikeWorkbook(bytes: Uint8Array): boolean {
  return bytes[0] === 0x50 && bytes[1] === 0x4b && bytes[2] === 0x03 && bytes[3] === 0x04;
}

/** A workbook says itself what it unpacks to; one that says too little is stopped by the time and memory of its thread. */
const mostUnpackedBytes = 60 * 2 ** 20;

/**
 * The rows of the first sheet of a workbook (XLSX), without empty ones, as a CSV would hold them: days as `YYYY-MM-DD`, numbers with a point. Refuses what is no
 * workbook, one that unpacks to too much, and more rows than `mostRows`. Run it in a confined thread where the bytes come from outside.
 */
export async function parseWorkbook(bytes: Uint8Array, mostRows: number): Promise<WorkbookRead> {
  if (unpackedBytes(bytes) > mostUnpackedBytes) return { ok: false, reason: 'not_a_workbook' };
  const { readSheet } = await import('read-excel-file/node');
  let sheet: readonly (readonly unknown[])[];
  try {
    sheet = await readSheet(Buffer.from(bytes));
  } catch {
    return { ok: false, reason: 'not_a_workbook' };
  }
  const rows = sheet.map((row) => row.map(cellText)).filter((row) => row.some((cell) => cell !== ''));
  return rows.length > mostRows ? { ok: false, reason: 'too_many_rows' } : { ok: true, rows };
}

function cellText(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? '' : value.toISOString().slice(0, 10);
  // Beyond 15 digits a spreadsheet does not know the number any more; twelve decimals are its noise.
  if (typeof value === 'number')
    return Number.isInteger(value) ? String(value) : String(Number(value.toFixed(6)));
  return String(value).trim();
}

/** What the entries of a ZIP say that they unpack to, by its central directory (APPNOTE 4.3.12); infinite where there is none. */
function unpackedBytes(bytes: Uint8Array): number {
  const zip = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = zip.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
  if (end < 0 || end + 22 > zip.length) return Number.POSITIVE_INFINITY;
  let at = zip.readUInt32LE(end + 16);
  let total = 0;
  for (let count = zip.readUInt16LE(end + 10); count > 0; count -= 1) {
    if (at + 46 > zip.length || zip.readUInt32LE(at) !== 0x02014b50) return Number.POSITIVE_INFINITY;
    total += zip.readUInt32LE(at + 24);
    at += 46 + zip.readUInt16LE(at + 28) + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
  }
  return total;
}
