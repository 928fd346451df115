import assert from 'node:assert/strict';
import { type ChildProcess, execFileSync, fork } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startWorker } from '#entrypoints/worker';
import { asWorker } from '#stores/database';
import { isPidAlive } from '#stores/locks';
import { testInstallation, until } from '../installation.ts';
import { type Sink, startSink } from '../servers/index.ts';
import { judgeArrivals, waiting } from './judge-arrivals.ts';

/**
 * Cuts the power of the disk on which a sending installation lies, again and again: `node --import tsx test/outbox/power-cut.ts 8`.
 * By hand only, as root on Linux: an ext4 of its own in a file is told to stop as if the machine had lost its power, without
 * writing what it still holds in memory (EXT4_IOC_SHUTDOWN with NOLOGFLUSH, Linux fs/ext4/ext4.h). Afterwards every dispatch
 * that was acknowledged must be there, and no mail may have gone out twice.
 */
const cuts = Number(process.argv[2] ?? 5);
const root = await mkdtemp(join(tmpdir(), 'envoi-power-'));
const [image, disk] = [join(root, 'disk.img'), join(root, 'disk')];
const dataFolder = join(disk, 'data');
const acknowledged = new Set<string>();

await chmod(root, 0o711);
await mkdir(disk);
run('truncate', '-s', '2G', image);
run('mkfs.ext4', '-q', image);
mount();
await mkdir(dataFolder, { mode: 0o711 });
const sink = await startSink();
try {
  for (let cut = 1; cut <= cuts; cut += 1) {
    await sendUntilCut(sink);
    console.log(
      `cut ${cut}: ${acknowledged.size} dispatches acknowledged, ${sink.count} mails arrived so far`,
    );
  }
  await judge(sink);
} finally {
  await sink.close();
  run('umount', '-l', disk);
  await rm(root, { recursive: true, force: true });
}

async function sendUntilCut({ port }: Sink): Promise<void> {
  const child = fork(join(import.meta.dirname, 'power-cut-process.ts'), [dataFolder, String(port)], {
    execArgv: ['--import', 'tsx'],
  });
  child.on('message', (id) => acknowledged.add(String(id)));
  await once(child, 'message');
  await sleep(1000 + Math.random() * 4000);
  const server = Number(
    (await readFile(join(dataFolder, 'postgres/cluster/postmaster.pid'), 'utf8')).split('\n')[0],
  );
  try {
    cutPower();
  } finally {
    await end(child, server);
  }
  await until('the disk is free', async () => isUnmounted(), 60_000);
  mount(); // which replays the journal of the file system, as after a real cut
}

async function end(child: ChildProcess, server: number): Promise<void> {
  const exited = once(child, 'exit');
  child.kill('SIGKILL');
  await exited;
  try {
    process.kill(server, 'SIGKILL');
  } catch {
    // it died with its disk
  }
  while (isPidAlive(server)) await sleep(10);
}

async function judge(to: Sink): Promise<void> {
  const installation = await testInstallation({ ownServer: true, dataFolder, leaseMs: 1500 });
  const worker = await startWorker(installation);
  await until('everything settled', async () => (await waiting(installation)) === 0, 300_000);
  await worker.stop();
  const rows = await asWorker(installation.database, (tx) =>
    tx.selectFrom('messages').select(['dispatch_id', 'delivery']).execute(),
  );
  const known = new Set(rows.map((row) => row.dispatch_id));
  assert.deepEqual(
    [...acknowledged].filter((id) => !known.has(id)),
    [],
    'what was acknowledged is there',
  );
  const unconfirmed = rows.filter((row) => row.delivery === 'unconfirmed').length;
  await judgeArrivals(installation, to, { dispatches: rows.length, mostUnconfirmed: unconfirmed });
  await installation.close();
  console.log(
    `${cuts} cuts, ${acknowledged.size} dispatches acknowledged: none lost, none sent twice, ${unconfirmed} unconfirmed`,
  );
}

function cutPower(): void {
  const shutdown =
    'open my $f, "<", $ARGV[0] or die $!; my $how = pack("L", 2); ioctl($f, 0x8004587D, $how) or die $!';
  run('perl', '-e', shutdown, disk);
}

function mount(): void {
  run('mount', '-o', 'loop', image, disk);
}

function isUnmounted(): boolean {
  try {
    run('umount', disk);
    return true;
  } catch {
    return false;
  }
}

function run(program: string, ...words: string[]): void {
  execFileSync(program, words, { stdio: ['ignore', 'ignore', 'pipe'] });
}
