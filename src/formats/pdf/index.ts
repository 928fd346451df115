export { drawFactSheet, type FactSheet } from './draw-fact-sheet.ts';
export { drawInvoicePdf } from './draw-invoice-pdf.ts';
export { drawOpenItems, type OpenItemsView, type PaymentSlip } from './draw-open-items.ts';
export { drawReceipt } from './draw-receipt.ts';
export { type InspectedPdf, inspectPdf, type PdfAttachment, type PdfRefused } from './inspect-pdf.ts';
export {
  type AdjustmentView,
  type InvoiceView,
  type LineView,
  type PartyView,
  type PaymentView,
  type ReferenceView,
  type TotalsView,
  unknownParty,
  type VatView,
} from './invoice-view.ts';
export { type JoinedPdf, joinPdfs } from './join-pdfs.ts';
export type { ApartReason, PdfPart } from './join-task.ts';
export { looksLikePdf, type PdfLimits, type PdfRefusal } from './limits.ts';
export { openPaper, type Paper } from './open-paper.ts';
export {
  type PageImage,
  type RenderOptions,
  type RenderResult,
  renderPages,
} from './render-pages.ts';
