import { createReadStream } from 'node:fs';
import { copyFile, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import type pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { type Database, migrate, migrationsFolder, readMigrations } from '#stores/database';
import type { FileStore } from '#stores/files';
import {
  exists,
  listRuns,
  openBackupFolder,
  readAll,
  readManifest,
  readStream,
  writeWhole,
} from './backup-folder.ts';
import type { BackupKey } from './backup-key.ts';
import { type Manifest, UnusableBackup } from './manifest.ts';
import {
  copyIn,
  emptyTables,
  isInUse,
  listTables,
  moveSequences,
  readMigrationsApplied,
  unlock,
} from './table-table.ts';
import { filePath } from './write-backup.ts';

export interface OpenedBackup {
  readonly folder: string;
  readonly run: string;
  readonly manifest: Manifest;
  readonly key: BackupKey;
}

/** Opens a run of a folder, the newest unless one is named. Throws UnusableBackup, with a sentence. */
export async function openBackup(
  folder: string,
  passphrase: string | null,
  asked: string | null,
): Promise<OpenedBackup> {
  const key = await openBackupFolder(folder, passphrase, false);
  const run = asked ?? (await listRuns(folder)).at(-1);
  if (run === undefined) throw new UnusableBackup(`There is no finished backup in ${folder}.`);
  if (!/^[0-9TZ.-]+$/.test(run)) throw new UnusableBackup(`${run} is not the name of a run.`);
  return { folder, run, manifest: await readManifest(folder, run, key), key };
}

type Target = { readonly database: Database; readonly files: FileStore };

/**
 * Loads a backup into an installation that nobody uses: files first, then all tables in one transaction, then the migrations that are newer
 * than the backup. Throws UnusableBackup when there is a company already, the backup is of a newer version, or a byte is not as it was.
 */
export async function readBackup(
  target: Target,
  backup: OpenedBackup,
): Promise<{ rows: number; files: number }> {
  await bringToStateOf(target.database, backup.manifest);
  const files = await loadFiles(target.files, backup);
  const rows = await loadTables(target.database, backup);
  await migrate(target.database);
  return { rows, files };
}

/** Makes the tables as they were when the backup was made. */
async function bringToStateOf(database: Database, { migrations }: Manifest): Promise<void> {
  const own = new Map((await readMigrations(migrationsFolder)).map((one) => [one.name, one.sha256]));
  const strange = migrations.find((one) => own.get(one.name) !== one.sha256);
  if (strange)
    throw new UnusableBackup(
      `The backup was made by a newer Envoi (it has the migration ${strange.name}, which is not here). Install that version.`,
    );
  await onOwner(database, async (client) => {
    if (await isInUse(client))
      throw new UnusableBackup(
        'This installation has a company already. Restore into one that nobody has set up.',
      );
    await refuseNewer(client, migrations);
  });
  const folder = await mkdtemp(join(tmpdir(), 'envoi-restore-'));
  try {
    for (const { name } of migrations) await copyFile(join(migrationsFolder, name), join(folder, name));
    await migrate(database, folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function refuseNewer(client: pg.PoolClient, saved: Manifest['migrations']): Promise<void> {
  const applied = await readMigrationsApplied(client).catch(() => []);
  if (applied.some(({ name }) => !saved.some((one) => one.name === name)))
    throw new UnusableBackup(
      'The database has newer tables than the backup. Give an empty database, or an empty data folder.',
    );
}

async function loadTables(database: Database, backup: OpenedBackup): Promise<number> {
  return onOwner(database, async (client) => {
    await client.query('begin');
    try {
      await client.query(
        'set local statement_timeout = 0; set local idle_in_transaction_session_timeout = 0',
      );
      const tables = await listTables(client);
      await unlock(client, tables);
      await emptyTables(client, tables);
      let rows = 0;
      for (const saved of backup.manifest.tables) {
        const copy = client.query(copyFrom(copyIn(saved)));
        const path = join(backup.folder, 'runs', backup.run, 'tables', `${saved.name}.gz`);
        const { source, check } = readStream(path, saved.sha256);
        await pipeline(source, check, backup.key.open(), createGunzip(), copy);
        if (copy.rowCount !== saved.rows)
          throw new UnusableBackup(`${saved.name} has ${copy.rowCount} rows instead of ${saved.rows}.`);
        rows += saved.rows;
      }
      await moveSequences(client, tables);
      await client.query('commit');
      return rows;
    } catch (error) {
      await client.query('rollback');
      throw error;
    }
  });
}

async function loadFiles(files: FileStore, { folder, run, manifest, key }: OpenedBackup): Promise<number> {
  const { source, check } = readStream(join(folder, 'runs', run, 'files.gz'), manifest.files.sha256);
  const chunks: Buffer[] = [];
  await pipeline(source, check, key.open(), createGunzip(), async (stream: AsyncIterable<Buffer>) => {
    for await (const chunk of stream) chunks.push(chunk);
  });
  const lines = Buffer.concat(chunks).toString('utf8').split('\n').filter(Boolean);
  for (const line of lines) {
    const [companyId = '', sha256 = ''] = line.split('/');
    const bytes = await readAll(createReadStream(filePath(folder, companyId, sha256)), key.open());
    if ((await files.put(companyId, bytes)) !== sha256)
      throw new UnusableBackup(`The file ${sha256} is not what was saved: the backup is damaged.`);
  }
  return lines.length;
}

async function onOwner<Result>(
  database: Database,
  work: (client: pg.PoolClient) => Promise<Result>,
): Promise<Result> {
  const client = await database.owner.connect();
  try {
    return await work(client);
  } finally {
    client.release();
  }
}

/** Puts the signing keys of a backup into a folder that has none; those that are there already stay. */
export async function placeKeys(folder: string, { keys }: Manifest): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  // The list of public keys comes last: with it, all are there (stores/keys).
  const names = Object.keys(keys).sort(
    (a, b) => Number(a.endsWith('verifiers')) - Number(b.endsWith('verifiers')),
  );
  for (const name of names)
    if (!(await exists(join(folder, name))))
      await writeWhole(join(folder, name), Buffer.from(keys[name] ?? '', 'base64'));
}
