import assert from 'node:assert/strict';
import { createPublicKey, verify, X509Certificate } from 'node:crypto';
import { chmod, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { readCheckpoint, signCheckpoint } from '../../domain/evidence/checkpoint-note.ts';
import { openKeyRing, rotateLogKey, rotationText, UnusableKeys, verifierOf } from './index.ts';

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

test('a new key of the log is vouched for by the old one and by itself; what the old one signed still holds', async () => {
  const at = join(folder, 'keys');
  const before = await openKeyRing(at, 'envoi.example', now);
  const rotation = await rotateLogKey(at, before);
  const next = await openKeyRing(at, 'envoi.example', now);
  assert.deepEqual(next.logVerifiers, [...before.logVerifiers, rotation.to]);
  assert.equal(verifierOf(next.log), rotation.to);
  assert.equal(next.log.name, before.log.name);
  const text = Buffer.from(rotationText(rotation.from, rotation.to));
  for (const [key, signature] of [
    [before.log, rotation.byOld],
    [next.log, rotation.byNew],
  ] as const)
    assert.ok(verify(null, text, createPublicKey(key.privateKey), Buffer.from(signature, 'base64')));
  const old = signCheckpoint(before.log, 5, Buffer.alloc(32));
  assert.equal(readCheckpoint(old, next.logVerifiers)?.size, 5);
  assert.equal(readCheckpoint(signCheckpoint(next.log, 6, Buffer.alloc(32)), before.logVerifiers), null);
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
