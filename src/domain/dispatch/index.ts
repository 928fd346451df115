export { sendNewLink, stopTracking } from './answer-visitor.ts';
export { askAgainFor, hasOwnWords } from './asked.ts';
export type { Attached } from './attach-files.ts';
export { type Canceled, cancelDispatch } from './cancel-dispatch.ts';
export { cellFor, textKindOf } from './choose-text.ts';
export type { LeftOut } from './close-former.ts';
export { closeCustomerLinks } from './close-links.ts';
export {
  type Channel,
  channels,
  type Dispatch,
  type DispatchService,
  dispatchServices,
  isBehindCode,
  type Origin,
  type OtherMeans,
  otherMeans,
  type Purpose,
} from './dispatch.ts';
export type {
  Author,
  CellText,
  DispatchProblem,
  DispatchRequest,
  DispatchWarning,
  FileType,
  ProblemReason,
} from './dispatch-request.ts';
export {
  type DispatchKey,
  type DispatchTables,
  type SendHistory,
  selectAsked as getAsked,
  selectDispatches as getDispatches,
  updateContentErased as markContentErased,
} from './dispatch-table.ts';
export type { Draft } from './draft.ts';
export {
  documentEnvelope,
  type Envelope,
  type EnvelopeMessage,
  envelopeOf,
  envelopeOfOne,
  networkMessages,
  type Seen,
} from './envelope.ts';
export {
  type DispatchSearch,
  findDispatchIds,
  selectDocumentsSentBy as documentsSentBy,
} from './find-dispatches-table.ts';
export type { Addressee } from './gather-recipients.ts';
export { offeredServices } from './offered-services.ts';
export { nextOfficeTime } from './office-time.ts';
export { nearFrom, planUse } from './plan-use.ts';
export { prepareDispatch, prepareDispatches } from './prepare-dispatch.ts';
export type { PrepareTables } from './prepare-tables.ts';
export { dispatchesReallySent, isTrial, sendHistories } from './really-sent.ts';
export { recordElsewhere } from './record-elsewhere.ts';
export { type Held, heldForWords } from './replace-held.ts';
export { requestProblems } from './request-problems.ts';
export { resendMessage } from './resend-message.ts';
export { sendAnew } from './send-anew.ts';
export {
  type SubmitSettings,
  type Submitted,
  submitDispatch,
  submitDispatches,
} from './submit-dispatch.ts';
export type { SubmitTables } from './submit-tables.ts';
export { takeBackDelivery } from './take-back-delivery.ts';
export { letterParts, variablesOf } from './write-text.ts';
