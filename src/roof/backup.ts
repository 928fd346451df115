import type { Log } from '#base/log';
import { type Config, makeDataFolder, placeSecretKey, readSecretKey } from '#config';
import { signOutEverybody } from '#domain/accounts';
import { holdForReview } from '#domain/outbox';
import {
  type BackupResult,
  openBackup,
  placeKeys,
  readBackup,
  UnusableBackup,
  writeBackup,
} from '#stores/backup';
import { asWorker, type Database, migrate, openDatabase, startEmbedded } from '#stores/database';
import type { FileStore } from '#stores/files';
import manifest from '../../package.json' with { type: 'json' };
import { type AllTables, keyFolderOf, openFiles } from './installation.ts';
import { ownSecretKey } from './own-secret-key.ts';

interface Around {
  readonly log: Log;
  readonly say: (sentence: string) => void;
  readonly now: Date;
}

/** Saves the installation into a folder while it runs. */
export async function backUp(
  config: Config,
  around: Around,
  order: { readonly folder: string; readonly passphrase: string | null },
): Promise<BackupResult> {
  const key = await readSecretKey(config);
  return onGround(config, around, key, async (ground) => {
    await migrate(ground.database);
    await ownSecretKey(config, ground.database);
    const secretKey = config.secretKey === null ? key : null;
    const keyFolder = keyFolderOf(config);
    return writeBackup(ground, { ...order, version: manifest.version, secretKey, keyFolder }, around.now);
  });
}

export interface Restored {
  readonly run: string;
  readonly rows: number;
  readonly files: number;
  /** Messages that wait for a person, because they may have left since. */
  readonly held: number;
}

/** Loads a backup into an installation that nobody uses, and holds everything that had not left. */
export async function restore(
  config: Config,
  around: Around,
  order: { readonly folder: string; readonly passphrase: string | null; readonly run: string | null },
): Promise<Restored> {
  const backup = await openBackup(order.folder, order.passphrase, order.run);
  const key = keyOf(config, backup.manifest.secretKey);
  return onGround(config, around, key ?? (await readSecretKey(config)), async (ground) => {
    const loaded = await readBackup(ground, backup);
    if (key) await placeSecretKey(config, key);
    await placeKeys(keyFolderOf(config), backup.manifest);
    await asWorker(ground.database, signOutEverybody);
    return { run: backup.run, ...loaded, held: await holdForReview(ground.database, around.now) };
  });
}

/** The key that has to be put into the data folder; null where the operator keeps it. */
function keyOf(config: Config, saved: string | null): Uint8Array | null {
  const configured = config.secretKey && Buffer.from(config.secretKey).toString('base64');
  if (saved === null && !configured)
    throw new UnusableBackup(
      'The backup was made with ENVOI_SECRET_KEY: set the same key. Without it, passwords and links are lost.',
    );
  if (saved !== null && configured && saved !== configured)
    throw new UnusableBackup('ENVOI_SECRET_KEY is another key than the one of the backup. Leave it out.');
  return saved !== null && !configured ? new Uint8Array(Buffer.from(saved, 'base64')) : null;
}

interface Ground {
  readonly database: Database<AllTables>;
  readonly files: FileStore;
}

async function onGround<Result>(
  config: Config,
  { log, say }: Around,
  key: Uint8Array,
  work: (ground: Ground) => Promise<Result>,
): Promise<Result> {
  await makeDataFolder(config);
  const embedded = config.databaseUrl ? null : await startEmbedded({ dataFolder: config.dataFolder, say });
  try {
    const database = await openDatabase<AllTables>({ url: config.databaseUrl ?? embedded?.url ?? '', log });
    try {
      return await work({ database, files: openFiles(config, key) });
    } finally {
      await database.close();
    }
  } finally {
    await embedded?.release();
  }
}
