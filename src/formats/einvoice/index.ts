export { type DescribedDocument, describeRead } from './describe-read.ts';
export type { DocumentFacts, DocumentFormat, DocumentKind } from './facts.ts';
export { parseXml, type XmlElement } from './parse-xml.ts';
export {
  type ReadDocument,
  type ReadLimits,
  type ReadNote,
  type ReadRefusal,
  type ReadResult,
  readDocument,
} from './read-document.ts';
export { currencyOf, dateOf, decimalOf, isoDateOf } from './values.ts';
