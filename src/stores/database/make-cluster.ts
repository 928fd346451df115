import { spawn } from 'node:child_process';
import { chown, open, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { randomToken } from '#base/crypto';
import type { Binaries } from './embedded-binaries.ts';
import { type Home, makePrivateFolder } from './embedded-home.ts';
import { bareEnvironment } from './server-process.ts';
import { askForUrl, DatabaseUnavailable } from './unavailable.ts';

/** Makes a new cluster with a random password, kept in the home's file `password`; all or nothing, also when killed on the way. */
export async function makeCluster(home: Home, binaries: Binaries): Promise<void> {
  refuseMusl();
  const password = randomToken();
  await writeDurably(join(home.folder, 'password'), password);
  const unfinished = `${home.cluster}.unfinished`;
  const passwordCopy = join(home.folder, 'password.initdb');
  await rm(unfinished, { recursive: true, force: true });
  await makePrivateFolder(unfinished, home.user);
  await writeFile(passwordCopy, password, { mode: 0o600 });
  try {
    if (home.user !== null) await chown(passwordCopy, home.user.uid, home.user.gid);
    await runInitdb(home, binaries, unfinished, passwordCopy);
  } finally {
    await rm(passwordCopy, { force: true });
  }
  await rename(unfinished, home.cluster);
  await syncFolder(home.folder);
}

/** Without its password the cluster opens to nobody: it has to be on the disk before anything is in the cluster. */
async function writeDurably(path: string, text: string): Promise<void> {
  const file = await open(path, 'w', 0o600);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Makes the names in a folder durable; Windows, which cannot open folders, writes them by itself. */
async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

function runInitdb(home: Home, binaries: Binaries, cluster: string, passwordFile: string): Promise<void> {
  const args = [
    '-D',
    cluster,
    '-U',
    'envoi',
    `--pwfile=${passwordFile}`,
    '-A',
    'scram-sha-256',
    '-E',
    'UTF8',
  ];
  // The built-in provider sorts and folds letters the same on every machine; system locales differ and change.
  args.push('--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--no-instructions');
  return new Promise((resolve, reject) => {
    const words: string[] = [];
    const child = spawn(binaries.initdb, args, {
      ...home.user,
      cwd: cluster,
      env: bareEnvironment(),
      windowsHide: true,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => words.push(text));
    const refuse = (why: string): void =>
      reject(new DatabaseUnavailable(`The built-in database could not be made: ${why}. ${askForUrl}`));
    child.once('error', (error) => refuse(error.message));
    child.once('close', (code) => (code === 0 ? resolve() : refuse(words.join('').trim().slice(-400))));
  });
}

function refuseMusl(): void {
  if (process.platform !== 'linux') return;
  const { header } = process.report.getReport() as { header?: { glibcVersionRuntime?: string } };
  if (header?.glibcVersionRuntime === undefined) {
    throw new DatabaseUnavailable(
      `The built-in database needs glibc; this system (Alpine?) has another C library. ${askForUrl}`,
    );
  }
}
