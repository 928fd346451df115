export { type Ask, mayAsk } from './ask-limit.ts';
export { checkCode, codeForm, verifiedBy } from './code.ts';
export { daysLeft } from './deadline.ts';
export { decideDelivery, handOver } from './decide-delivery.ts';
export { type Delegate, type Held, placeOf } from './delegate.ts';
export { type DelegationRefusal, delegateDelivery, endDelegation } from './delegate-delivery.ts';
export {
  forgetDelegates,
  selectDelegatesOf as delegatesOf,
  selectHeld as getHeld,
} from './delegate-table.ts';
export {
  type CodeChannel,
  channelOfLevel,
  type Delivery,
  type DeliveryState,
  deliveryStates,
  isLate,
  isOpen,
  mostDays,
  type Service,
  services,
  usualDays,
} from './delivery.ts';
export {
  type RegisteredTables,
  selectDeliveries as listDeliveries,
  selectDelivery as getDelivery,
} from './delivery-table.ts';
export { forgetContent, forgetMobiles, isContentForgettable } from './forget-content.ts';
export {
  type IncamailAccount,
  type IncamailInput,
  type IncamailProblem,
  type Marking,
  markings,
} from './incamail/account.ts';
export { markingFor, usualMostBytes } from './incamail/incamail.ts';
export { keepReceipt } from './incamail/keep-receipt.ts';
export { matchReceipt } from './incamail/match-receipt.ts';
export { isReceiptAddress, pdfInMail, readReceipt } from './incamail/read-receipt.ts';
export type { ReadReceipt, ReceiptKind, ReceiptVerdict } from './incamail/receipt.ts';
export {
  type AccessProblem,
  getIncamail,
  type IncamailSaved,
  saveIncamail,
} from './incamail/save-account.ts';
export { sendIncamailTest, type TestSent } from './incamail/send-test.ts';
export {
  isWorthKeeping,
  keepUntied,
  setAsideReceipt,
  type TieRefusal,
  tieReceipt,
} from './incamail/untied-receipts.ts';
export { noticeCover, noticeText } from './open-deliveries.ts';
export type { Capabilities, RegisteredProvider, Status } from './provider.ts';
export {
  isProviderService,
  type ProviderName,
  type ProviderService,
  providerServices,
  type Standing,
} from './provider-service.ts';
export {
  type ProviderDelivery,
  type ProviderTables,
  type ReceiptRow,
  selectProviderDeliveries as listProviderDeliveries,
  selectReceipts as listReceipts,
} from './provider-table.ts';
export { handOverTo, offeredBy } from './providers.ts';
export { type DeliveryTables, type RegisteredDeps, registeredWordsIn } from './registered-deps.ts';
export { runDeliveries } from './run-deliveries.ts';
export { openContent, sealContent } from './seal-content.ts';
export { mobileOf, sendCode } from './send-code.ts';
export { type Told, tellOf, toldTo } from './tell-delivery.ts';
export { sendTextMessage, type TextGateway } from './text-message.ts';
export {
  selectUntied as listUntied,
  selectUntiedOne as getUntied,
  type UntiedReceipt,
} from './untied-receipt-table.ts';
export { type Withdrawal, withdrawClosed, withdrawDelivery } from './withdraw-delivery.ts';
