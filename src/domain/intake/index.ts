export { forgetIntakes, type IntakeTables } from './intake-table.ts';
export type { IntakeDeps, ReceiveTables } from './receive-files.ts';
export { allowedFrom, type HandedMail, type ReceivedMail, receiveMail } from './receive-mail.ts';
