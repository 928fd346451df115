export { type Ask, mayAsk } from './ask-limit.ts';
export { checkCode, codeForm, isVerified, makeCode } from './code.ts';
export { daysLeft } from './deadline.ts';
export { decideDelivery, handOver, withdrawDelivery } from './decide-delivery.ts';
export { type Delivery, isOpen, mostDays, type Service, services, usualDays } from './delivery.ts';
export {
  type RegisteredTables,
  selectDeliveries as listDeliveries,
  selectDelivery as getDelivery,
} from './delivery-table.ts';
export { mailCode } from './mail-delivery.ts';
export { noticeText, openDeliveries } from './open-deliveries.ts';
export { protectedTermIn } from './protected-terms.ts';
export { type DeliveryTables, type RegisteredDeps, registeredWordsIn } from './registered-deps.ts';
export { runDeliveries } from './run-deliveries.ts';
export { openContent, sealContent } from './seal-content.ts';
export { tellOf } from './tell-delivery.ts';
