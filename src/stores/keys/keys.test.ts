import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { chmod, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { openKeyRing, UnusableKeys, verifierOf } from './index.ts';

const now = new Date('2026-11-27T08:00:00Z');
let folder: string;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'envoi-ring-'));
});
after(() => rm(folder, { recursive: true, force: true }));

test('keys are made once, however many ask at the same time, and only their owner may read them', async () => {
  const rings = await Promise.all(
    Array.from({ length: 4 }, () => openKeyRing(join(folder, 'keys'), 'envoi.example', now)),
  );
  const verifiers = new Set(rings.map((ring) => verifierOf(ring.log)));
  assert.equal(verifiers.size, 1);
  assert.deepEqual([...verifiers], rings[0]?.logVerifiers);
  for (const name of await readdir(join(folder, 'keys')))
    assert.equal((await stat(join(folder, 'keys', name))).mode & 0o777, 0o600, name);
  const [root, seal] = [rings[0]?.root, rings[0]?.seal.certificate].map(
    (der) => new X509Certificate(der ?? ''),
  );
  assert.ok(root && seal?.verify(root.publicKey));
});

test('keys that others can read, or that are damaged, are refused with a sentence', async () => {
  const open = () => openKeyRing(join(folder, 'keys'), 'envoi.example', now);
  await chmod(join(folder, 'keys', 'log.key'), 0o644);
  await assert.rejects(
    open,
    (error: Error) => error instanceof UnusableKeys && /chmod 600/.test(error.message),
  );
  await chmod(join(folder, 'keys', 'log.key'), 0o600);
  await writeFile(join(folder, 'keys', 'seal.key'), 'no key');
  await assert.rejects(open, /damaged/);
  await rm(join(folder, 'keys', 'seal.key'));
  await assert.rejects(open, /missing/);
});
