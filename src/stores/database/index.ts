export { isBehind, type NewestPlace } from './behind.ts';
export { type Database, type OpenOptions, openDatabase, type Tx } from './connect.ts';
export { type Embedded, type EmbeddedOptions, startEmbedded } from './embedded.ts';
export { insertRows, upsertRows } from './insert-rows.ts';
export { type Listening, listen } from './listen.ts';
export { isMigrated, migrate, migrationsFolder, readMigrations } from './migrate.ts';
export { asWorker, inCompany, inPassing, inSnapshot, notify } from './transactions.ts';
export { DatabaseUnavailable } from './unavailable.ts';
