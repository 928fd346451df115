export { type BankImport, type EntryState, entryStates, type KnownEntry } from './bank-entry.ts';
export { type Confirmed, type ConfirmRefusal, confirmEntry, ignoreEntry } from './confirm-entry.ts';
export { wasConfirmedSince } from './confirmed-table.ts';
export { type BankUpload, type Imported, importBankFile } from './import-bank-file.ts';
export { listOpenMoney, type OpenMoney } from './list-open-money.ts';
export {
  countEntries,
  type PaymentTables,
  selectEntries as listEntries,
  selectImports as listImports,
  selectLastImports as lastImports,
} from './payment-table.ts';
export type { Match, MatchReason } from './propose-matches.ts';
export { seenMoney } from './seen-money.ts';
