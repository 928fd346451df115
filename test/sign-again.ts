import {
  type DocumentSnapshot,
  PDFArray,
  PDFDict,
  PDFDocument,
  PDFHexString,
  PDFName,
  PDFNumber,
  PDFString,
} from '@cantoo/pdf-lib';
import { rangePlace, sealBytes } from '#formats/signature';

/** Writes words on the first page of a PDF by an update behind the bytes that are there (ISO 32000-1 §7.5.6), as anybody can do. */
export function withWords(pdf: Uint8Array, words: string): Promise<Buffer> {
  return updated(pdf, (document) => {
    document.getPage(0).drawText(words, { x: 60, y: 60, size: 10 });
  });
}

/** Adds a place for one more signature, of the kind that `subFilter` names, by such an update. */
export async function withPlaceForSeal(pdf: Uint8Array, subFilter = 'ETSI.CAdES.detached'): Promise<Buffer> {
  const whole = await updated(pdf, (document, snapshot) =>
    addField(document, snapshot, subFilter, pdf.length),
  );
  const written = `[ ${rangePlace.join(' ')} ]`;
  const at = whole.indexOf(written, pdf.length, 'latin1');
  if (at < 0) throw new Error('The place for the range was not written as expected.');
  whole.write(`[${rangePlace.join(' ')}]  `, at, 'latin1');
  return whole;
}

async function updated(
  pdf: Uint8Array,
  change: (document: PDFDocument, snapshot: DocumentSnapshot) => void,
): Promise<Buffer> {
  const document = await PDFDocument.load(pdf, { forIncrementalUpdate: true, updateMetadata: false });
  const snapshot = document.takeSnapshot();
  change(document, snapshot);
  const added = await document.saveIncremental(snapshot, { useObjectStreams: false });
  return Buffer.concat([pdf, added]);
}

function addField(
  document: PDFDocument,
  snapshot: DocumentSnapshot,
  subFilter: string,
  number: number,
): void {
  const { context, catalog } = document;
  const range = PDFArray.withContext(context);
  for (const one of rangePlace) range.push(PDFNumber.of(one));
  const seal = context.obj({
    ...{ Type: 'Sig', Filter: 'Adobe.PPKLite', SubFilter: subFilter, ByteRange: range },
    Contents: PDFHexString.of('0'.repeat(2 * sealBytes)),
  });
  const field = context.obj({
    ...{ Type: 'Annot', Subtype: 'Widget', FT: 'Sig', T: PDFString.of(`Again${number}`) },
    ...{ V: context.register(seal), Rect: [0, 0, 0, 0], F: 132, P: document.getPage(0).ref },
  });
  const form = catalog.lookup(PDFName.of('AcroForm'), PDFDict);
  form.lookup(PDFName.of('Fields'), PDFArray).push(context.register(field));
  snapshot.markObjForSave(form);
  snapshot.markObjForSave(catalog);
}
