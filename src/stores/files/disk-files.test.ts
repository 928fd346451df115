import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { skipLoudly } from '../../../test/skip.ts';
import { makeDiskFiles } from './disk-files.ts';
import { makeFileSeal } from './file-seal.ts';
import { FileDamaged, StorageFull } from './file-store.ts';
import { fileStoreContract } from './file-store-contract.ts';
import { openJournal } from './journal.ts';

const company = 'com_01JABCDEFGHJKMNPQRSTVWXYZ0';
const otherCompany = 'com_01JABCDEFGHJKMNPQRSTVWXYZ1';
const key = randomBytes(32);
const folders: string[] = [];
after(async () => {
  for (const folder of folders) await rm(folder, { recursive: true, force: true });
});

fileStoreContract('disk', async () => makeDiskFiles(await temporaryFolder()));
fileStoreContract('sealed disk', async () => makeDiskFiles(await temporaryFolder(), makeFileSeal(key)));

test('files can be read by their owner only, and nothing unfinished is left beside them', async () => {
  const root = await temporaryFolder();
  const hash = await makeDiskFiles(root).put(company, Buffer.from('invoice'));
  const folder = join(root, company, hash.slice(0, 2), hash.slice(2, 4));
  assert.deepEqual(await readdir(folder), [hash]);
  assert.equal((await stat(join(folder, hash))).mode & 0o777, 0o600);
  assert.equal((await stat(join(root, company))).mode & 0o777, 0o700);
});

test('each file is encrypted with a key of its own, opens in no other place, and changed bytes are reported', async () => {
  const root = await temporaryFolder();
  const store = makeDiskFiles(root, makeFileSeal(key));
  const invoice = Buffer.from('invoice 2026-0147 for Els Peeters');
  const pathOf = (of: string, hash: string) => join(root, of, hash.slice(0, 2), hash.slice(2, 4), hash);
  const hash = await store.put(company, invoice);
  const other = await store.put(otherCompany, invoice);
  const [stored, twin] = await Promise.all([
    readFile(pathOf(company, hash)),
    readFile(pathOf(otherCompany, other)),
  ]);
  assert.equal(stored.includes('Peeters'), false);
  assert.equal(stored.length, twin.length);
  assert.equal(stored.subarray(8, 40).equals(twin.subarray(8, 40)), false, 'the same bytes have another key');
  await writeFile(pathOf(company, hash), twin);
  await assert.rejects(store.get(company, hash), FileDamaged);
  for (const at of [8, 45, stored.length - 1]) {
    const changed = Buffer.from(stored);
    changed[at] = (changed[at] ?? 0) ^ 1;
    await writeFile(pathOf(company, hash), changed);
    await assert.rejects(store.get(company, hash), FileDamaged, `byte ${at}`);
  }
  await writeFile(pathOf(company, hash), stored);
  assert.deepEqual(await store.get(company, hash), invoice);
  await assert.rejects(makeDiskFiles(root, makeFileSeal(randomBytes(32))).get(company, hash), FileDamaged);
});

test('files from before they were encrypted are read as they are, and kept once', async () => {
  const root = await temporaryFolder();
  const [old, sealed] = [makeDiskFiles(root), makeDiskFiles(root, makeFileSeal(key))];
  for (const text of ['invoice', 'ENVOIF1\n', `ENVOIF1\n${'x'.repeat(100)}`]) {
    const hash = await old.put(company, Buffer.from(text));
    assert.equal((await sealed.get(company, hash))?.toString(), text);
    await sealed.put(company, Buffer.from(text));
    assert.equal((await sealed.get(company, hash))?.toString(), text);
  }
  assert.equal((await sealed.usage(company)).files, 3);
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
