export { groupIban, isBic, isIban, normaliseIban } from './account.ts';
export { type EpcTransfer, epcCode } from './epc-code.ts';
export { isPaymentLink, type PaymentFacts, paymentLink } from './payment-link.ts';
export { type SwissBillData, type SwissPayment, swissBill, swissBillData } from './swiss-bill.ts';
