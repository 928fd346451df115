import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chown, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { randomToken } from '#base/crypto';
import { type Binaries, findBinaries } from './embedded-binaries.ts';
import { findHome, type Home, makePrivateFolder } from './embedded-home.ts';
import { enter, livingUsers, withLock } from './folder-lock.ts';
import {
  bareEnvironment,
  findServer,
  type RunningServer,
  startServer,
  stopServer,
} from './server-process.ts';
import { askForUrl, DatabaseUnavailable } from './unavailable.ts';

export type Embedded = {
  /** How to connect as the owner of the database `envoi`. Holds the password: never log it. */
  readonly url: string;
  /** Leaves the server; the last process to leave stops it. */
  readonly release: () => Promise<void>;
};

export type EmbeddedOptions = {
  readonly dataFolder: string;
  /** Told, as a sentence, what a person should know about where and how the database runs. */
  readonly say?: (sentence: string) => void;
  /** Server settings that replace ours; only tests have reason to. */
  readonly settings?: Readonly<Record<string, string>>;
};

/**
 * Starts the built-in PostgreSQL of a data folder, or attaches to the one that runs (started by another process, or left
 * over by one that was killed). Throws DatabaseUnavailable, with a sentence, where it cannot run.
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<Embedded> {
  const home = await findHome(options.dataFolder, options.say ?? (() => undefined));
  const binaries = await withLock(join(home.folder, 'copying.lock'), () =>
    findBinaries(home.folder, home.user),
  );
  const lock = join(home.folder, 'starting.lock');
  const users = join(home.folder, 'users');
  const { entry, url } = await withLock(lock, async () => {
    const running = (await findServer(home)) ?? (await beginServer(home, binaries, options.settings ?? {}));
    const url = await urlOf(home, running);
    return { entry: await enter(users, `${process.pid}-${randomBytes(6).toString('hex')}`), url };
  });
  const leave = async (): Promise<void> => {
    await rm(entry, { force: true });
    if ((await livingUsers(users)).length === 0) await stopServer(home, binaries);
  };
  let left: Promise<void> | null = null;
  return {
    url,
    release: () => {
      left ??= withLock(lock, leave);
      return left;
    },
  };
}

async function beginServer(
  home: Home,
  binaries: Binaries,
  settings: Readonly<Record<string, string>>,
): Promise<RunningServer> {
  if (!existsSync(home.cluster)) await makeCluster(home, binaries);
  const running = await startServer(home, binaries, settings);
  await makeDatabase(await urlOf(home, running));
  return running;
}

async function makeCluster(home: Home, binaries: Binaries): Promise<void> {
  refuseMusl();
  const password = randomToken();
  await writeFile(join(home.folder, 'password'), password, { mode: 0o600 });
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

async function makeDatabase(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url.replace(/envoi$/, 'postgres') });
  await client.connect();
  try {
    const found = await client.query("select 1 from pg_database where datname = 'envoi'");
    if (found.rowCount === 0) await client.query('create database envoi');
  } finally {
    await client.end();
  }
}

async function urlOf(home: Home, running: RunningServer): Promise<string> {
  const password = (await readFile(join(home.folder, 'password'), 'utf8')).trim();
  return `postgres://envoi:${password}@127.0.0.1:${running.port}/envoi`;
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
