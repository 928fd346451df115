import { Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { ZipFile } from 'yazl';
import type { Cell, SheetTable } from './sheet-table.ts';
import { rowXml, sheetFoot, sheetHead, workbookParts } from './sheet-xml.ts';

const mostRows = 1_048_576; // Excel specifications and limits, the head row included

/**
 * Writes a table as a workbook (xlsx) while it is read: the stream holds a few pieces at a time. Ends with an error when
 * reading the rows fails. `rowsPerSheet` is there for tests.
 */
export function writeWorkbook(table: SheetTable, rowsPerSheet = mostRows): Readable {
  const zip = new ZipFile();
  const out = zip.outputStream as unknown as Readable;
  addParts(zip, table, rowsPerSheet).catch((error: Error) => out.destroy(error));
  return out;
}

async function addParts(zip: ZipFile, table: SheetTable, rowsPerSheet: number): Promise<void> {
  const rows = singly(table.rows);
  const names: string[] = [];
  for (let next = await rows.next(); names.length === 0 || !next.done; ) {
    const taken = { next };
    names.push(names.length === 0 ? table.name : `${table.name} ${names.length + 1}`);
    const sheet = Readable.from(sheetPieces(table, rows, taken, rowsPerSheet));
    zip.addReadStream(sheet, `xl/worksheets/sheet${names.length}.xml`);
    await finished(sheet);
    next = taken.next;
  }
  for (const [path, text] of Object.entries(workbookParts(names))) zip.addBuffer(Buffer.from(text), path);
  zip.end();
}

type Rows = AsyncGenerator<readonly Cell[], void>;

/** One sheet from the row in hand on; leaves the first row of the next sheet there. */
async function* sheetPieces(
  table: SheetTable,
  rows: Rows,
  taken: { next: IteratorResult<readonly Cell[], void> },
  rowsPerSheet: number,
): AsyncGenerator<Buffer> {
  let piece = sheetHead(table.columns);
  for (let count = 1; !taken.next.done && count < rowsPerSheet; count += 1) {
    piece += rowXml(taken.next.value, count + 1);
    if (piece.length > 60_000) {
      yield Buffer.from(piece);
      piece = '';
    }
    taken.next = await rows.next();
  }
  yield Buffer.from(piece + sheetFoot);
}

async function* singly(pieces: SheetTable['rows']): Rows {
  for await (const piece of pieces) yield* piece;
}
