import type { InvoiceView } from '#formats/pdf';
import { type DocumentFacts, type DocumentFormat, noFacts } from './facts.ts';
import { parseXml } from './parse-xml.ts';
import { ciiNamespace, readCii, zugferd1Namespace } from './read-cii.ts';
import { isFatturaPa, readFatturaPa } from './read-fatturapa.ts';
import { readUbl, ublCreditNoteNamespace, ublInvoiceNamespace } from './read-ubl.ts';

export type XmlRefusal = 'broken_xml' | 'unsafe_xml' | 'unsupported_type' | 'too_big';

export type ReadXml =
  | {
      readonly ok: true;
      /** The format of the file alone; inside a PDF a Cross Industry Invoice has another name. */
      readonly format: Extract<DocumentFormat, 'cii' | 'ubl' | 'fatturapa'>;
      readonly isZugferd1: boolean;
      readonly facts: DocumentFacts;
      readonly proposed: DocumentFacts;
      readonly view: InvoiceView;
      readonly documentsInFile: number;
    }
  | { readonly ok: false; readonly reason: XmlRefusal };

/** Reads an electronic invoice in XML, whichever of our formats its root element's namespace says it is. */
export function readXml(bytes: Uint8Array): ReadXml {
  const parsed = parseXml(bytes);
  if (!parsed.ok) return parsed;
  const { root } = parsed;
  const plain = { ok: true, isZugferd1: false, proposed: noFacts, documentsInFile: 1 } as const;
  if (root.namespace === ciiNamespace && root.name === 'CrossIndustryInvoice') {
    return { ...plain, format: 'cii', ...readCii(root) };
  }
  if (root.namespace === zugferd1Namespace && root.name === 'CrossIndustryDocument') {
    return { ...plain, format: 'cii', ...readCii(root), isZugferd1: true };
  }
  if (root.namespace === ublInvoiceNamespace || root.namespace === ublCreditNoteNamespace) {
    return { ...plain, format: 'ubl', ...readUbl(root) };
  }
  if (isFatturaPa(root)) {
    const { facts, view, computed, bodies } = readFatturaPa(root);
    return {
      ...plain,
      format: 'fatturapa',
      facts,
      view,
      proposed: { ...noFacts, ...computed },
      documentsInFile: bodies,
    };
  }
  return { ok: false, reason: 'unsupported_type' };
}
