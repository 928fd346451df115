import type { Perform } from '#base/confine';
import { type ParsedTable, parseTable } from './parse-table.ts';
import { mostTableRows } from './read-table.ts';

/** Runs in a confined thread. */
export const perform: Perform<Uint8Array, ParsedTable> = async (bytes) => parseTable(bytes, mostTableRows);
