import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmod, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { skipLoudly } from '../../../test/skip.ts';
import { makeDiskFiles } from './disk-files.ts';
import { FileDamaged, StorageFull } from './file-store.ts';
import { fileStoreContract } from './file-store-contract.ts';
import { openJournal } from './journal.ts';

const company = 'com_01JABCDEFGHJKMNPQRSTVWXYZ0';
const folders: string[] = [];
after(async () => {
  for (const folder of folders) await rm(folder, { recursive: true, force: true });
});

fileStoreContract('disk', async () => makeDiskFiles(await temporaryFolder()));

test('files can be read by their owner only, and nothing unfinished is left beside them', async () => {
  const root = await temporaryFolder();
  const hash = await makeDiskFiles(root).put(company, Buffer.from('invoice'));
  const folder = join(root, company, hash.slice(0, 2), hash.slice(2, 4));
  assert.deepEqual(await readdir(folder), [hash]);
  assert.equal((await stat(join(folder, hash))).mode & 0o777, 0o600);
  assert.equal((await stat(join(root, company))).mode & 0o777, 0o700);
});

test('bytes that were changed on the disk are reported, and putting them again repairs a shortened file', async () => {
  const root = await temporaryFolder();
  const store = makeDiskFiles(root);
  const hash = await store.put(company, Buffer.from('invoice'));
  const path = join(root, company, hash.slice(0, 2), hash.slice(2, 4), hash);
  await chmod(path, 0o600);
  await writeFile(path, 'inv');
  await assert.rejects(store.get(company, hash), FileDamaged);
  await store.put(company, Buffer.from('invoice'));
  assert.equal((await store.get(company, hash))?.toString(), 'invoice');
});

test('on a full disk, files and journal say StorageFull, keep what they had, and go on when there is room again', async (t) => {
  const root = await temporaryFolder();
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=256k', 'tmpfs', root]).status === 0;
  if (!mounted) return skipLoudly(t, 'the right to mount a small tmpfs');
  t.after(() => spawnSync('umount', ['-l', root]));
  const store = makeDiskFiles(root);
  const journal = await openJournal<string>({ folder: root, name: 'answers' });
  await journal.append('before');
  const kept = await store.put(company, Buffer.from('kept'));
  const ballast = join(root, 'ballast');
  await assert.rejects(writeFile(ballast, randomBytes(300_000)));
  await assert.rejects(store.put(company, randomBytes(50_000)), StorageFull);
  await assert.rejects(journal.append('x'.repeat(50_000)), StorageFull);
  await rm(ballast);
  assert.equal((await store.get(company, kept))?.toString(), 'kept');
  await journal.append('after');
  await journal.close();
  const seen: string[] = [];
  const next = await openJournal<string>({ folder: root, name: 'answers' });
  await next.drain(async (records) => void seen.push(...records));
  await next.close();
  assert.deepEqual(seen, ['before', 'after']);
});

async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'envoi-files-'));
  folders.push(folder);
  return folder;
}
