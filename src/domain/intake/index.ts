export { baseName, type NamedFile } from './group-files.ts';
export { importOpenDocuments, type OpenImported, type OpenLine } from './import-open.ts';
export { forgetIntakes, type IntakeTables } from './intake-table.ts';
export type { OpenProblem } from './open-facts.ts';
export { type IntakeDeps, type ReceivedFiles, type ReceiveTables, receiveFiles } from './receive-files.ts';
export { allowedFrom, type HandedMail, type ReceivedMail, receiveMail } from './receive-mail.ts';
export {
  changeWatchSettings,
  readWatchSettings,
  type WatchSending,
  type WatchSettings,
} from './watch-settings.ts';
