import type { Perform } from '#base/confine';
import { parseTable } from './parse-table.ts';
import { mostTableRows } from './read-table.ts';
import { looksLikeWorkbook, parseWorkbook, type WorkbookRead } from './read-workbook.ts';

/** Runs in a confined thread. */
export const perform: Perform<Uint8Array, WorkbookRead> = async (bytes) =>
  looksLikeWorkbook(bytes) ? parseWorkbook(bytes, mostTableRows) : parseTable(bytes, mostTableRows);
