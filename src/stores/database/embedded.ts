import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { pause, second } from '#base/time';
import { claim, livingUsers, withLock } from '#stores/locks';
import { type Binaries, findBinaries } from './embedded-binaries.ts';
import { findHome, type Home } from './embedded-home.ts';
import { makeCluster } from './make-cluster.ts';
import { refuseOtherMajor } from './refuse-other-major.ts';
import { findServer, isServerAlive, type RunningServer, startServer, stopServer } from './server-process.ts';
import { DatabaseUnavailable } from './unavailable.ts';

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
  const say = options.say ?? (() => undefined);
  const home = await findHome(options.dataFolder, say);
  const binaries = await withLock(join(home.folder, 'copying.lock'), () =>
    findBinaries(home.folder, home.user),
  );
  const lock = join(home.folder, 'starting.lock');
  const users = join(home.folder, 'users');
  const { entry, running, url } = await withLock(lock, async () => {
    await refuseOtherContainer(users, options.dataFolder);
    const running = (await findServer(home)) ?? (await beginServer(home, binaries, options.settings ?? {}));
    const url = await urlOf(home, running);
    const entry = await claim(users, `${process.pid}-${randomBytes(6).toString('hex')}`);
    return { entry, running, url };
  });
  const revive = async (): Promise<void> => {
    const port = String(running.port); // the address has been handed out
    if ((await findServer(home)) === null) await startServer(home, binaries, { ...options.settings, port });
  };
  const watch = keepRunning(() => withLock(lock, revive), home, say);
  const leave = async (): Promise<void> => {
    await entry.release();
    if ((await livingUsers(users)).length === 0) await stopServer(home, binaries);
  };
  let left: Promise<void> | null = null;
  return {
    url,
    release: () => {
      left ??= watch.end().then(() => withLock(lock, leave));
      return left;
    },
  };
}

/** Looks every second whether the server process is there, and has it started again when something has killed it. */
function keepRunning(
  revive: () => Promise<void>,
  home: Home,
  say: (sentence: string) => void,
): { end: () => Promise<void> } {
  let reviving: Promise<void> = Promise.resolve();
  let isReviving = false;
  const timer = setInterval(() => {
    if (isReviving || isServerAlive(home)) return;
    isReviving = true;
    say('The database server was gone and is started again.');
    reviving = revive()
      .catch((error: Error) => say(error.message))
      .finally(() => {
        isReviving = false;
      });
  }, second);
  timer.unref();
  return {
    end: () => {
      clearInterval(timer);
      return reviving;
    },
  };
}

// One that was killed falls silent after 15 s; one that still beats after 20 s is in use.
const otherContainerWithinMs = 20 * second;

/** Two containers or machines cannot see each other's server, and two servers on one cluster would destroy it. */
async function refuseOtherContainer(users: string, dataFolder: string): Promise<void> {
  const until = performance.now() + otherContainerWithinMs;
  while ((await livingUsers(users)).includes('elsewhere')) {
    if (performance.now() > until) {
      throw new DatabaseUnavailable(
        `The database in ${dataFolder} is in use by another container or machine. Give them one PostgreSQL with DATABASE_URL.`,
      );
    }
    await pause(200);
  }
}

async function beginServer(
  home: Home,
  binaries: Binaries,
  settings: Readonly<Record<string, string>>,
): Promise<RunningServer> {
  if (!existsSync(home.cluster)) await makeCluster(home, binaries);
  await refuseOtherMajor(home, binaries);
  const running = await startServer(home, binaries, settings);
  await makeDatabase(await urlOf(home, running));
  return running;
}

async function makeDatabase(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url.replace(/envoi$/, 'postgres') });
  client.on('error', () => undefined); // what it was asked fails by itself
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
