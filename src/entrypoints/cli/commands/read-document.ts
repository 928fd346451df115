import type { ReadRefusal } from '#formats/einvoice';
import { type Command, misused, refused } from '../command.ts';
import { readNamedFile } from './read-file.ts';

/** Prints what a document says of itself; needs no data. */
export const readDocument: Command = {
  name: 'read-document',
  usage: 'FILE',
  summary: 'prints what an invoice or quote (PDF or XML) says of itself, as JSON',
  options: {},
  words: [1, 1],
  run: async ({ words }, world) => {
    // Loaded here: other commands need not wait for it.
    const einvoice = await import('#formats/einvoice');
    const path = words[0] ?? '';
    const file = await readNamedFile(path);
    if (!file.ok) return misused(world, file.sentence);
    const read = await einvoice.readDocument(file.bytes);
    if (!read.ok) return refused(world, `${path}: ${sentences[read.reason]}`);
    world.print(JSON.stringify(einvoice.describeRead(read.document), null, 2));
    return 0;
  },
};

const sentences: Readonly<Record<ReadRefusal, string>> = {
  empty: 'the file is empty.',
  too_big: 'the file is too large.',
  unsupported_type:
    'this is neither a PDF nor an invoice in XML that is known here (Cross Industry Invoice, UBL, FatturaPA).',
  encrypted: 'the PDF is protected by a password. Export it again without one.',
  broken_pdf: 'the PDF is damaged. Export it again from the program that made it.',
  too_many_pages: 'the document has more than 500 pages.',
  took_too_long: 'reading took too long.',
  broken_xml: 'the XML is damaged.',
  unsafe_xml: 'the XML declares a document type or entities, which an invoice may not.',
};
