export type { RespondTables } from './about.ts';
export { type CodeHolder, type CodePurpose, drawCode, hasProven, takeCode } from './code.ts';
export {
  type DecisionRefusal,
  isPast,
  needsCode,
  prepareDecision,
  writeDecision,
} from './decide-quote.ts';
export { forwardDocument } from './forward-document.ts';
export { mailCode } from './mail-code.ts';
export { openDocumentsFor } from './open-documents.ts';
export type { ReceiptView } from './receipt-view.ts';
export {
  type CustomerResponse,
  type ResponseKind,
  responseKinds,
} from './response.ts';
export {
  type ResponseTables,
  selectNewestResponses as listResponses,
  selectResponses as responsesTo,
} from './response-table.ts';
export { type GivenResponse, takeResponse } from './take-response.ts';
