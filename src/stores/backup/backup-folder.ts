import { createHash, randomBytes } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { access, mkdir, open, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type BackupKey, makeBackupKey } from './backup-key.ts';
import {
  type BackupHead,
  backupFormat,
  headShape,
  type Manifest,
  manifestShape,
  UnusableBackup,
} from './manifest.ts';

const headName = 'envoi-backup.json';
const checkWord = 'envoi backup';

/**
 * Opens a folder of backups, or begins one when it may. Throws UnusableBackup when it holds none, is encrypted and no passphrase was given,
 * or the other way round, or the passphrase is another one.
 */
export async function openBackupFolder(
  folder: string,
  passphrase: string | null,
  mayBegin: boolean,
): Promise<BackupKey> {
  const text = await readFile(join(folder, headName), 'utf8').catch(() => null);
  if (text === null) {
    if (!mayBegin) throw new UnusableBackup(`There is no backup of Envoi in ${folder}.`);
    return beginFolder(folder, passphrase);
  }
  const head = headShape.safeParse(JSON.parse(text));
  if (!head.success) throw new UnusableBackup(`The backup in ${folder} was made by another version.`);
  const { salt, check } = head.data;
  if (check !== null && passphrase === null)
    throw new UnusableBackup('The backup is encrypted: give its passphrase with --key-file FILE.');
  if (check === null && passphrase !== null)
    throw new UnusableBackup(
      `The backups in ${folder} are not encrypted. Begin encrypted ones in another folder.`,
    );
  const key = await makeBackupKey(passphrase, Buffer.from(salt, 'base64'));
  if (check !== null) await readAll(Readable.from([Buffer.from(check, 'base64')]), key.open());
  return key;
}

async function beginFolder(folder: string, passphrase: string | null): Promise<BackupKey> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  if ((await readdir(folder)).length > 0)
    throw new UnusableBackup(
      `${folder} holds something else. Give an empty folder, or one that does not exist.`,
    );
  const salt = randomBytes(16);
  const key = await makeBackupKey(passphrase, salt);
  const check = key.isEncrypting
    ? (await readAll(Readable.from([Buffer.from(checkWord)]), key.seal())).toString('base64')
    : null;
  const head: BackupHead = { format: backupFormat, salt: salt.toString('base64'), check };
  await writeWhole(join(folder, headName), Buffer.from(`${JSON.stringify(head, null, 2)}\n`));
  return key;
}

/** The finished runs of a folder, oldest first. */
export async function listRuns(folder: string): Promise<string[]> {
  const names = await readdir(join(folder, 'runs')).catch(() => []);
  const finished: string[] = [];
  for (const name of names.sort())
    if (await exists(join(folder, 'runs', name, 'manifest.json'))) finished.push(name);
  return finished;
}

export async function readManifest(folder: string, run: string, key: BackupKey): Promise<Manifest> {
  const path = join(folder, 'runs', run, 'manifest.json');
  if (!(await exists(path))) throw new UnusableBackup(`There is no finished run ${run} in ${folder}.`);
  const text = (await readAll(createReadStream(path), key.open())).toString('utf8');
  const read = manifestShape.safeParse(JSON.parse(text));
  if (!read.success) throw new UnusableBackup(`The run ${run} was made by another version.`);
  return read.data;
}

export async function writeManifest(
  folder: string,
  run: string,
  key: BackupKey,
  manifest: Manifest,
): Promise<void> {
  const text = Buffer.from(JSON.stringify(manifest, null, 2));
  await writeWhole(
    join(folder, 'runs', run, 'manifest.json'),
    await readAll(Readable.from([text]), key.seal()),
  );
}

/** Streams into a file and returns the SHA-256 of what lies there then. */
export async function writeStream(
  path: string,
  source: Readable,
  ...through: readonly Transform[]
): Promise<string> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const hash = createHash('sha256');
  const watch = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      done(null, chunk);
    },
  });
  await pipeline([source, ...through, watch, createWriteStream(path, { mode: 0o600, flush: true })]);
  return hash.digest('hex');
}

/** Reads a file again as it was written, and fails at the end when it is not what its hash says. */
export function readStream(path: string, sha256: string): { source: Readable; check: Transform } {
  const hash = createHash('sha256');
  const check = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      done(null, chunk);
    },
    flush(done) {
      const isSame = hash.digest('hex') === sha256;
      done(isSame ? null : new UnusableBackup(`${path} is not what was written: the backup is damaged.`));
    },
  });
  return { source: createReadStream(path), check };
}

export async function readAll(source: Readable, through: Transform): Promise<Buffer> {
  const chunks: Buffer[] = [];
  await pipeline(source, through, async (stream: AsyncIterable<Buffer>) => {
    for await (const chunk of stream) chunks.push(chunk);
  });
  return Buffer.concat(chunks);
}

export async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

/** Writes aside, flushes, and only then gives the name. */
export async function writeWhole(path: string, bytes: Uint8Array): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const aside = `${path}.unfinished`;
  await rm(aside, { force: true });
  await writeFile(aside, bytes, { mode: 0o600, flush: true });
  await rename(aside, path);
  const folder = await open(dirname(path), 'r');
  await folder.sync().finally(() => folder.close());
}
