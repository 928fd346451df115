import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { createGzip } from 'node:zlib';
import type pg from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import type { Database } from '#stores/database';
import type { FileStore } from '#stores/files';
import {
  exists,
  openBackupFolder,
  readAll,
  writeManifest,
  writeStream,
  writeWhole,
} from './backup-folder.ts';
import type { BackupKey } from './backup-key.ts';
import type { SavedTable } from './manifest.ts';
import {
  beginSnapshot,
  copyOut,
  listTables,
  readMigrationsApplied,
  type SourceTable,
} from './table-table.ts';

export interface BackupOrder {
  readonly folder: string;
  /** null: not encrypted. */
  readonly passphrase: string | null;
  readonly version: string;
  /** The installation's key, when it is kept in the data folder. */
  readonly secretKey: Uint8Array | null;
  /** The folder of signing keys. */
  readonly keyFolder: string;
}

export interface BackupResult {
  readonly run: string;
  readonly tables: number;
  readonly rows: number;
  readonly files: number;
  /** Files that no earlier run had. */
  readonly newFiles: number;
}

type Source = { readonly database: Database; readonly files: FileStore };

/** Saves all tables and files into a folder while the installation runs. Throws UnusableBackup, with a sentence. */
export async function writeBackup(source: Source, order: BackupOrder, now: Date): Promise<BackupResult> {
  const key = await openBackupFolder(order.folder, order.passphrase, true);
  const run = now.toISOString().replaceAll(':', '-');
  // Before the snapshot, so that little is left to do after it and nothing that is removed meanwhile is missing.
  const before = await saveFiles(source.files, order.folder, key);
  const { tables, migrations } = await saveTables(source.database, join(order.folder, 'runs', run), key);
  const after = await saveFiles(source.files, order.folder, key);
  const all = [...new Set([...before.all, ...after.all])].sort();
  const list = Readable.from([Buffer.from(all.join('\n'))]);
  const path = join(order.folder, 'runs', run, 'files.gz');
  await writeManifest(order.folder, run, key, {
    madeAt: now.toISOString(),
    version: order.version,
    migrations,
    tables,
    files: { count: all.length, sha256: await writeStream(path, list, createGzip(), key.seal()) },
    keys: await readKeys(order.keyFolder),
    secretKey: order.secretKey ? Buffer.from(order.secretKey).toString('base64') : null,
  });
  const rows = tables.reduce((sum, one) => sum + one.rows, 0);
  return { run, tables: tables.length, rows, files: all.length, newFiles: before.added + after.added };
}

async function saveTables(database: Database, folder: string, key: BackupKey) {
  const client = await database.owner.connect();
  try {
    await beginSnapshot(client, database.mode === 'separate' ? 'envoi_worker' : null);
    const migrations = await readMigrationsApplied(client);
    const tables: SavedTable[] = [];
    for (const table of await listTables(client)) tables.push(await saveTable(client, table, folder, key));
    return { tables, migrations };
  } finally {
    await client.query('rollback');
    client.release();
  }
}

async function saveTable(
  client: pg.PoolClient,
  table: SourceTable,
  folder: string,
  key: BackupKey,
): Promise<SavedTable> {
  const copy = client.query(copyTo(copyOut(table)));
  const path = join(folder, 'tables', `${table.name}.gz`);
  const sha256 = await writeStream(path, copy, createGzip(), key.seal());
  return { name: table.name, columns: [...table.columns], rows: copy.rowCount ?? 0, sha256 };
}

async function saveFiles(
  files: FileStore,
  folder: string,
  key: BackupKey,
): Promise<{ readonly all: string[]; readonly added: number }> {
  const all: string[] = [];
  let added = 0;
  for await (const { companyId, sha256 } of files.list()) {
    all.push(`${companyId}/${sha256}`);
    const path = filePath(folder, companyId, sha256);
    if (await exists(path)) continue;
    const bytes = await files.get(companyId, sha256);
    if (bytes === null) {
      all.pop(); // it was removed since it was listed
      continue;
    }
    await writeWhole(path, await readAll(Readable.from([bytes]), key.seal()));
    added += 1;
  }
  return { all, added };
}

export function filePath(folder: string, companyId: string, sha256: string): string {
  return join(folder, 'files', companyId, sha256.slice(0, 2), sha256);
}

/** The signing keys; none before the first start has made them. */
async function readKeys(folder: string): Promise<Record<string, string>> {
  const names = await readdir(folder).catch(() => []);
  const keys: Record<string, string> = {};
  for (const name of names.filter((one) => /^[a-z]+\.(key|pem|verifiers)$/.test(one)))
    keys[name] = (await readFile(join(folder, name))).toString('base64');
  return keys;
}
