import type { Perform } from '#base/confine';
import type { BankFileResult } from './bank-file.ts';
import { readCamt } from './read-camt.ts';
import { readCsv } from './read-csv.ts';

/** Runs in a confined thread: XML is read as a statement, everything else as a table. */
export const perform: Perform<Uint8Array, BankFileResult> = async (bytes) =>
  looksLikeXml(bytes) ? readCamt(bytes) : readCsv(bytes);

function looksLikeXml(bytes: Uint8Array): boolean {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, 1024));
  return /^(?:\u00ef\u00bb\u00bf|\u00ff\u00fe|\u00fe\u00ff)?[\s\0]*</.test(head.toString('latin1'));
}
