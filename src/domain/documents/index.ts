export type { DocumentFormat, DocumentKind } from '#formats/einvoice';
export { amountToPay } from './amount-to-pay.ts';
export {
  type Assigned,
  assignCustomer,
  correctBuyerAddress,
  moveDocuments,
  proposeFacts,
} from './assign-customer.ts';
export {
  attachmentName,
  type FileNamePatterns,
  fileNamePattern,
} from './attachment-name.ts';
export {
  type ChangeRefused,
  changeDocument,
  type DocumentEdit,
  type EditProblem,
  saveChange,
} from './change-document.ts';
export { type CustomerTotal, selectCustomerTotals as customerTotals } from './customer-totals-table.ts';
export { compareDecimals, isDecimal, subtractDecimals, sumDecimals } from './decimal.ts';
export {
  asksForMoney,
  type By,
  type Document,
  documentKinds,
  type Facts,
  type MissingFact,
  missingFacts,
  openAmount,
  type PaidState,
  type ProposedFacts,
  paidState,
} from './document.ts';
export { readPageImage, readPdf, readSource, readXml } from './document-file.ts';
export type { DocumentTables } from './document-row.ts';
export {
  lockDocuments,
  selectDocument as getDocument,
  selectDocumentByExternalId as findByExternalId,
  selectDocumentIds as listDocumentIds,
  selectDocumentIdsOfCustomer as documentIdsOfCustomer,
  selectDocuments as getDocuments,
  selectHashes as hashesOfDocuments,
  selectLastCurrency as lastCurrencyOf,
  selectVersions as getVersions,
  updateDecided as noteDecision,
} from './document-table.ts';
export { type Drawn, drawPages, drawWaitingPages } from './draw-pages.ts';
export {
  deleteExtraFiles as forgetExtraFiles,
  type ExtraFile,
  selectExtraFileIds as idsOfExtraFiles,
  selectExtraFiles as getExtraFiles,
} from './extra-file-table.ts';
export {
  type FactProblem,
  type FactProblemReason,
  type GivenFacts,
  isDay,
  normaliseVatId,
  readGivenFacts,
} from './facts.ts';
export { safeFileName } from './file-name.ts';
export { kindNamed, kindNameIn } from './kind-names.ts';
export { type DocumentLimits, type DocumentStores, defaultDocumentLimits } from './limits.ts';
export { namesSameBuyer } from './merge-facts.ts';
export {
  selectCreditNotesOf as creditNotesOf,
  selectCurrentByNumber as currentByNumber,
  selectOpenDocuments as openDocuments,
} from './open-document-table.ts';
export { newestDocuments, openDocumentsOf } from './open-documents-table.ts';
export { type PageImage, selectPageImages as getPageImages } from './page-image-table.ts';
export {
  type PreparedDocument,
  prepareDocument,
  type Upload,
  type UploadRefused,
} from './prepare-document.ts';
export { type Received, receiveDocument } from './receive-document.ts';
export { type Replaced, type ReplaceRefusal, replaceDocument, saveVersion } from './replace-document.ts';
export { type Saved, saveDocument } from './save-document.ts';
export { type FileRefusal, storeExtraFile } from './store-extra-file.ts';
