export { UnusableBackup } from './manifest.ts';
export { type OpenedBackup, openBackup, placeKeys, readBackup } from './read-backup.ts';
export { type BackupOrder, type BackupResult, writeBackup } from './write-backup.ts';
