export { type BankEntry, type BankFile, type BankFileRefusal, maximumBankFileBytes } from './bank-file.ts';
export { readBankFile } from './read-bank-file.ts';
