import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { createHash, X509Certificate } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { promisify } from 'node:util';
import { checkCms, SignatureBroken } from '#formats/proof';
import { startTimeStamps, type TestStamps } from '../../../test/servers/time-stamp.ts';
import { askTimeStamp, makeRoot, makeSeal, StampRefused, signCms } from './index.ts';

const run = promisify(execFile);
const from = new Date(Date.now() - 60_000);
const rootName = { commonName: 'Root', organization: 'Envoi', from, until: new Date(from.getTime() + 9e10) };
const sealName = { ...rootName, commonName: 'Seal' };
const root = makeRoot(rootName);
const seal = makeSeal(root, rootName, sealName);
const content = Buffer.from('who, what, when, to whom');
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest();

let folder: string;
let stamps: TestStamps;
const at = (name: string) => join(folder, name);
const pem = (der: Uint8Array) => new X509Certificate(der).toString();

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'envoi-signature-'));
  stamps = await startTimeStamps();
  await writeFile(at('root.pem'), pem(root.certificate));
  await writeFile(at('content'), content);
});
after(async () => {
  await stamps.close();
  await rm(folder, { recursive: true, force: true });
});

const ask = (digest: Uint8Array) => askTimeStamp(stamps.url, digest, { fetch, timeoutMs: 20_000 });
const verifyCms = (signature: string, of: string) => {
  const args = ['cms', '-verify', '-cades', '-binary', '-inform', 'DER', '-in', signature, '-content', of];
  return run('openssl', [...args, '-CAfile', at('root.pem'), '-purpose', 'any', '-out', '/dev/null']);
};

describe('certificates', () => {
  test('the seal is issued by the root, which vouches for itself and for nothing else', () => {
    const [issuer, issued] = [new X509Certificate(root.certificate), new X509Certificate(seal.certificate)];
    assert.ok(issuer.ca && !issued.ca);
    assert.ok(issued.verify(issuer.publicKey) && issuer.verify(issuer.publicKey));
    assert.ok(issued.checkIssued(issuer));
  });
});

describe('a signature over bytes that lie elsewhere', () => {
  test('is one that openssl verifies as CAdES, and a changed byte is refused', async () => {
    const signer = { ...seal, chain: [] };
    const signature = await signCms(signer, sha256(content), { at: new Date(), timeStamp: ask });
    await writeFile(at('signature'), signature);
    await verifyCms(at('signature'), at('content'));
    await writeFile(at('changed'), content.toString().toUpperCase());
    await assert.rejects(verifyCms(at('signature'), at('changed')));
  });
});

describe('our own check', () => {
  test('agrees with openssl, and refuses every signature in which one byte is another', async () => {
    stamps.mood = 'well';
    const signature = await signCms({ ...seal, chain: [] }, sha256(content), {
      at: new Date(),
      timeStamp: ask,
    });
    const checked = await checkCms(signature, content);
    assert.equal(checked.signer.name, 'Seal');
    assert.equal(checked.stamp?.signer.name, 'Test Time Stamps');
    await assert.rejects(checkCms(signature, Buffer.from('other')), SignatureBroken);
    const plain = await signCms({ ...seal, chain: [] }, sha256(content), { at: new Date() });
    for (let index = 0; index < plain.length; index += 1) {
      const changed = Uint8Array.from(plain);
      changed[index] = (changed[index] ?? 0) ^ 0x11;
      await assert.rejects(checkCms(changed, content), SignatureBroken, `byte ${index}`);
    }
  });
});

describe('a time stamp', () => {
  test('is one that openssl verifies for these bytes, and for no others', async () => {
    stamps.mood = 'well';
    await writeFile(at('token'), await ask(sha256(content)));
    const verify = (of: string) =>
      run('openssl', [
        'ts',
        '-verify',
        '-data',
        of,
        '-in',
        at('token'),
        '-token_in',
        '-CAfile',
        stamps.rootFile,
      ]);
    await verify(at('content'));
    await assert.rejects(verify(at('root.pem')));
  });

  test('is refused when the service is down, refuses, babbles, or answers an earlier question', async () => {
    for (const mood of ['down', 'refusing', 'babbling', 'stale'] as const) {
      stamps.mood = mood;
      await assert.rejects(ask(sha256(Buffer.from(mood))), StampRefused, mood);
    }
  });
});
