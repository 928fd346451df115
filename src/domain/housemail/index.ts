export { type DeliverHouseTables, deliverHouseMails, type HouseMailNeeds } from './deliver-house-mails.ts';
export type { HouseMail, WrittenContent } from './house-mail.ts';
export {
  deleteDoneBefore as forgetHouseMails,
  type HouseMailTables,
  insertHouseMail as queueHouseMail,
  refuseSent as houseMailFailed,
} from './house-mail-table.ts';
export { type ArrivedReply, type KeptReason, passedHeader, passOnReply } from './pass-on-reply.ts';
export { replyFact } from './reply-fact.ts';
