import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { closeSync, openSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { pause } from '#base/time';
import { isPidAlive, programOf } from '#stores/locks';
import type { Binaries } from './embedded-binaries.ts';
import type { Home } from './embedded-home.ts';
import { serverSettings } from './embedded-settings.ts';
import { askForUrl, DatabaseUnavailable } from './unavailable.ts';

export type RunningServer = { readonly pid: number; readonly port: number };

// Replaying the log after a power cut takes seconds per gigabyte (5 s for 600 MB here); max_wal_size is 1 GB.
const readyWithinMs = 120_000;
const logLimitBytes = 1_000_000;

/** Finds a server that already runs on this home's cluster, also one left over by a process that was killed. */
export async function findServer(home: Home): Promise<RunningServer | null> {
  const until = performance.now() + readyWithinMs;
  while (performance.now() < until) {
    const found = readPostmaster(home.cluster);
    if (found === null || !isPidAlive(found.pid)) return null;
    const program = programOf(found.pid);
    if (program !== null && !program.startsWith('postgres')) {
      // The number in the file has gone to another program; PostgreSQL would take that for its own server and not start.
      rmSync(join(home.cluster, 'postmaster.pid'), { force: true });
      return null;
    }
    if (found.state === 'ready') return { pid: found.pid, port: found.port };
    await pause(20);
  }
  throw new DatabaseUnavailable(
    `The database in ${home.cluster} has been starting or stopping for two minutes.`,
  );
}

/** Tells whether the process of this home's server exists, without asking it anything. */
export function isServerAlive(home: Home): boolean {
  const found = readPostmaster(home.cluster);
  return found !== null && isPidAlive(found.pid);
}

/** Starts the server on 127.0.0.1 and a free port and waits until it takes connections; `extra` settings win. */
export async function startServer(
  home: Home,
  binaries: Binaries,
  extra: Readonly<Record<string, string>>,
): Promise<RunningServer> {
  for (let attempt = 1; ; attempt += 1) {
    const log = join(home.folder, 'server.log');
    const child = launch(home, binaries, log, { ...serverSettings(await freePort()), ...extra });
    const running = await waitUntilReady(child, home.cluster);
    if (running !== null) {
      child.unref();
      return running;
    }
    const lastWords = tail(log);
    // Between our asking for a free port and its use another program can take it.
    if (attempt < 5 && /could not bind|Address already in use/.test(lastWords)) continue;
    throw new DatabaseUnavailable(
      `The built-in database did not start. Its log ends: ${lastWords}. ${askForUrl}`,
    );
  }
}

/** Stops the server: open transactions are rolled back, everything committed is kept. Returns when it is gone. */
export async function stopServer(home: Home, binaries: Binaries): Promise<void> {
  const found = readPostmaster(home.cluster);
  if (found === null || !isPidAlive(found.pid)) return;
  if (process.platform === 'win32') {
    spawnSync(binaries.pgCtl, ['stop', '-D', home.cluster, '-m', 'fast', '-w']);
    return;
  }
  process.kill(found.pid, 'SIGINT'); // "fast shutdown", PostgreSQL manual §18.5
  const until = performance.now() + readyWithinMs;
  while (isPidAlive(found.pid) && readPostmaster(home.cluster)?.pid === found.pid) {
    if (performance.now() > until) throw new Error(`The database server ${found.pid} does not stop.`);
    await pause(10);
  }
}

/** postmaster.pid: process number, data folder, start time, port, socket folder, address, shared memory, state. */
function readPostmaster(cluster: string): { pid: number; port: number; state: string } | null {
  try {
    const lines = readFileSync(join(cluster, 'postmaster.pid'), 'utf8').split('\n');
    return { pid: Number(lines[0]), port: Number(lines[3]), state: (lines[7] ?? '').trim() };
  } catch {
    return null;
  }
}

function launch(
  home: Home,
  binaries: Binaries,
  log: string,
  settings: Readonly<Record<string, string>>,
): ChildProcess {
  const isLong = statSync(log, { throwIfNoEntry: false })?.size ?? 0;
  const fd = openSync(log, isLong > logLimitBytes ? 'w' : 'a', 0o600);
  const options = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const child = spawn(binaries.postgres, ['-D', home.cluster, ...options], {
    ...home.user,
    cwd: home.cluster,
    env: bareEnvironment(),
    // Its own process group: Ctrl-C in the terminal is for Envoi, which stops the server when its work is done.
    detached: true,
    windowsHide: true,
    stdio: ['ignore', fd, fd],
  });
  closeSync(fd);
  return child;
}

/** What PostgreSQL's programs need of the environment; anything else (PGPORT, PGDATA…) could mislead them. */
export function bareEnvironment(): Record<string, string> {
  const common = { LC_ALL: 'C', TZ: 'UTC' };
  return process.platform === 'win32'
    ? { ...common, SystemRoot: 'C:\\Windows' }
    : { ...common, PATH: '/usr/bin:/bin' };
}

async function waitUntilReady(child: ChildProcess, cluster: string): Promise<RunningServer | null> {
  let ended = false;
  child.once('exit', () => {
    ended = true;
  });
  child.once('error', () => {
    ended = true;
  });
  const until = performance.now() + readyWithinMs;
  while (!ended && performance.now() < until) {
    const found = readPostmaster(cluster);
    if (found?.pid === child.pid && found?.state === 'ready') return found;
    await pause(5);
  }
  return null;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('No free port.');
  return address.port;
}

function tail(path: string): string {
  return readFileSync(path, 'utf8').trim().split('\n').slice(-3).join(' | ').slice(-600);
}
