import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { chmod, chown, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pause } from '#base/time';

export type SystemPostgres = { readonly url: string; readonly stop: () => Promise<void> };

const debian = '/usr/lib/postgresql';

/** The folder of the oldest PostgreSQL that Debian's packages have put on this machine, or null. */
export function systemPostgres(): string | null {
  const versions = existsSync(debian) ? readdirSync(debian) : [];
  const usable = versions.filter(
    (version) => Number(version) >= 15 && existsSync(join(debian, version, 'bin/initdb')),
  );
  const oldest = usable.sort((a, b) => Number(a) - Number(b))[0];
  return oldest === undefined ? null : join(debian, oldest, 'bin');
}

/** Starts that server with an empty cluster of its own; its user is a superuser, and has a password. */
export async function startSystemPostgres(bin: string, port: number): Promise<SystemPostgres> {
  const folder = await mkdtemp(join(tmpdir(), 'envoi-system-postgres-'));
  const cluster = join(folder, 'cluster');
  const user = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};
  await writeFile(join(folder, 'password'), 'system');
  await chmod(join(folder, 'password'), 0o644);
  if (user.uid !== undefined) await chown(folder, user.uid, user.gid);
  const made = spawnSync(
    join(bin, 'initdb'),
    [
      '-D',
      cluster,
      '-U',
      'envoi',
      '-A',
      'scram-sha-256',
      '--pwfile',
      join(folder, 'password'),
      '-E',
      'UTF8',
      '-N',
    ],
    { ...user, cwd: folder, env: { PATH: '/usr/bin:/bin', LC_ALL: 'C.UTF-8' }, encoding: 'utf8' },
  );
  if (made.status !== 0) throw new Error(`initdb failed: ${made.stderr}`);
  const settings = [`port=${port}`, 'listen_addresses=127.0.0.1', 'unix_socket_directories=', 'fsync=off'];
  const server = spawn(join(bin, 'postgres'), ['-D', cluster, ...settings.flatMap((one) => ['-c', one])], {
    ...user,
    cwd: folder,
    env: { PATH: '/usr/bin:/bin', LC_ALL: 'C.UTF-8' },
    stdio: 'ignore',
  });
  const ended = new Promise((done) => server.once('exit', done));
  await ready(cluster);
  return {
    url: `postgres://envoi:system@127.0.0.1:${port}/postgres`,
    stop: async () => {
      server.kill('SIGINT');
      await ended;
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function ready(cluster: string): Promise<void> {
  for (let waitedMs = 0; waitedMs < 30_000; waitedMs += 20) {
    const state = await readFile(join(cluster, 'postmaster.pid'), 'utf8').catch(() => '');
    if (state.split('\n')[7]?.trim() === 'ready') return;
    await pause(20);
  }
  throw new Error('The system PostgreSQL did not start within 30 s.');
}
