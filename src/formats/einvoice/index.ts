export { type DescribedDocument, describeRead } from './describe-read.ts';
export type { DocumentFacts, DocumentFormat, DocumentKind } from './facts.ts';
export {
  type ReadDocument,
  type ReadLimits,
  type ReadNote,
  type ReadRefusal,
  type ReadResult,
  readDocument,
} from './read-document.ts';
