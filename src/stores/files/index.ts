export { makeDiskFiles } from './disk-files.ts';
export { makeFileSeal } from './file-seal.ts';
export { FileDamaged, type FileStore, StorageFull } from './file-store.ts';
export { type Entry, type Journal, type JournalOptions, openJournal } from './journal.ts';
export { makeS3Files } from './s3-files.ts';
