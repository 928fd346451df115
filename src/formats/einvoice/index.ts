export { type DescribedDocument, describeRead } from './describe-read.ts';
export { type DocumentFacts, type DocumentFormat, type DocumentKind, noFacts } from './facts.ts';
export {
  defaultReadLimits,
  type ReadDocument,
  type ReadLimits,
  type ReadNote,
  type ReadRefusal,
  type ReadResult,
  readDocument,
} from './read-document.ts';
