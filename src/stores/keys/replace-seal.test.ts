import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { createHash, randomBytes, verify, X509Certificate } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import fc from 'fast-check';
import { type CertificateWish, makeRoot, makeSeal, openPkcs12, signCms } from '#formats/signature';
import { hasProgram } from '../../../test/has-program.ts';
import { skipLoudly } from '../../../test/skip.ts';
import {
  certificatePem,
  importSeal,
  type KeyRing,
  openKeyRing,
  renewSeal,
  sealRotationText,
} from './index.ts';

const run = promisify(execFile);
const now = new Date('2026-11-27T08:00:00Z');
const password = 'correct horse';

let folder: string;
let at: string;
let ring: KeyRing;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'envoi-seal-'));
  at = join(folder, 'keys');
  ring = await openKeyRing(at, 'envoi.example', now);
});
after(() => rm(folder, { recursive: true, force: true }));

const wish = (commonName: string, from: string, until: string): CertificateWish => ({
  commonName,
  organization: 'Vautrin SRL',
  from: new Date(from),
  until: new Date(until),
});
const rootWish = wish('Bought root', '2020-01-01', '2040-01-01');
const root = makeRoot(rootWish);

/** Writes a key and certificates into a PKCS#12 file with openssl. */
async function pack(
  { key, certificates }: { readonly key: string; readonly certificates: readonly string[] },
  more: readonly string[] = [],
): Promise<Buffer> {
  const name = join(folder, randomBytes(6).toString('hex'));
  await writeFile(`${name}.key`, key);
  await writeFile(`${name}.pem`, certificates.join(''));
  const files = ['-inkey', `${name}.key`, '-in', `${name}.pem`, '-out', `${name}.p12`];
  await run('openssl', ['pkcs12', '-export', ...files, '-passout', `pass:${password}`, ...more]);
  return readFile(`${name}.p12`);
}

function sealOf(from: string, until: string) {
  const { privateKey, certificate } = makeSeal(root, rootWish, wish('Vautrin seal', from, until));
  return {
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    certificate: certificatePem(certificate),
  };
}

async function certificateByOpenssl(
  extensions: readonly string[],
  key: readonly string[],
): Promise<{ key: string; certificate: string }> {
  const name = join(folder, randomBytes(6).toString('hex'));
  const added = extensions.flatMap((one) => ['-addext', one]);
  const request = [
    'req',
    '-x509',
    '-nodes',
    '-days',
    '3650',
    '-subj',
    '/O=Vautrin/CN=other',
    ...key,
    ...added,
  ];
  await run('openssl', [...request, '-keyout', `${name}.key`, '-out', `${name}.pem`]);
  return { key: await readFile(`${name}.key`, 'utf8'), certificate: await readFile(`${name}.pem`, 'utf8') };
}

const refusalOf = async (pkcs12: Uint8Array, typed = password, time = now): Promise<string> => {
  const done = await importSeal(at, ring, { pkcs12, password: typed, certificates: [] }, time);
  return done.ok ? 'taken' : done.reason;
};

test('a bought seal with its root is taken; both keys vouch for the change, and the old roots stay known', async (t) => {
  if (!hasProgram('openssl')) return skipLoudly(t, 'openssl');
  const bought = sealOf('2026-01-01', '2029-01-01');
  const pkcs12 = await pack({
    key: bought.key,
    certificates: [bought.certificate, certificatePem(root.certificate)],
  });
  const before = await openKeyRing(at, 'envoi.example', now);
  const done = await importSeal(at, before, { pkcs12, password, certificates: [] }, now);
  assert.ok(done.ok, JSON.stringify(done));
  const next = await openKeyRing(at, 'envoi.example', now);
  assert.deepEqual(Buffer.from(next.root), Buffer.from(root.certificate));
  assert.equal(certificatePem(next.seal.certificate), bought.certificate);
  assert.deepEqual(
    next.roots.map((one) => Buffer.from(one)),
    [before.root, root.certificate].map((one) => Buffer.from(one)),
  );
  assert.deepEqual(next.logVerifiers, before.logVerifiers);
  const text = Buffer.from(sealRotationText(done.rotation.from, done.rotation.to));
  for (const [certificate, signature] of [
    [before.seal.certificate, done.rotation.byOld],
    [next.seal.certificate, done.rotation.byNew],
  ] as const)
    assert.ok(
      verify('sha256', text, new X509Certificate(certificate).publicKey, Buffer.from(signature, 'base64')),
    );
});

test('an RSA seal with an intermediate signs, and openssl follows it to the root', async (t) => {
  if (!hasProgram('openssl')) return skipLoudly(t, 'openssl');
  const name = (file: string) => join(folder, file);
  const rsa = ['-newkey', 'rsa:2048'];
  await run('openssl', [
    'req',
    '-x509',
    '-nodes',
    '-days',
    '3650',
    '-subj',
    '/CN=CA root',
    ...rsa,
    '-keyout',
    name('r.key'),
    '-out',
    name('r.pem'),
    '-addext',
    'keyUsage=critical,keyCertSign',
  ]);
  const issue = async (file: string, subject: string, issuer: string, extension: string): Promise<void> => {
    await writeFile(name(`${file}.ext`), extension);
    await run('openssl', [
      'req',
      '-nodes',
      '-subj',
      subject,
      ...rsa,
      '-keyout',
      name(`${file}.key`),
      '-out',
      name(`${file}.csr`),
    ]);
    await run('openssl', [
      'x509',
      '-req',
      '-days',
      '3650',
      '-in',
      name(`${file}.csr`),
      '-CA',
      name(`${issuer}.pem`),
      '-CAkey',
      name(`${issuer}.key`),
      '-CAcreateserial',
      '-extfile',
      name(`${file}.ext`),
      '-out',
      name(`${file}.pem`),
    ]);
  };
  await issue('i', '/CN=CA seals', 'r', 'basicConstraints=critical,CA:true\nkeyUsage=critical,keyCertSign');
  await issue(
    's',
    '/O=Vautrin/CN=Vautrin seal',
    'i',
    'basicConstraints=CA:false\nkeyUsage=critical,digitalSignature,nonRepudiation\nextendedKeyUsage=emailProtection',
  );
  const [key, seal, middle, top] = await Promise.all(
    ['s.key', 's.pem', 'i.pem', 'r.pem'].map((file) => readFile(name(file), 'utf8')),
  );
  const when = new Date(Date.now() + 60_000);
  const alone = await pack({ key: key ?? '', certificates: [seal ?? '', middle ?? ''] });
  assert.equal(await refusalOf(alone, password, when), 'chain_missing');
  const ours = await openKeyRing(at, 'envoi.example', now);
  const bought = { pkcs12: alone, password, certificates: [new X509Certificate(top ?? '').raw] };
  assert.ok((await importSeal(at, ours, bought, when)).ok);
  const next = await openKeyRing(at, 'envoi.example', now);
  assert.equal(next.seal.chain.length, 1);
  const content = Buffer.from('what is sealed');
  await writeFile(name('content'), content);
  await writeFile(
    name('content.p7s'),
    await signCms(next.seal, createHash('sha256').update(content).digest(), { at: when }),
  );
  await run('openssl', [
    'cms',
    '-verify',
    '-cades',
    '-binary',
    '-inform',
    'DER',
    '-in',
    name('content.p7s'),
    '-content',
    name('content'),
    '-CAfile',
    name('r.pem'),
    '-out',
    '/dev/null',
  ]);
});

test('a new seal of the own root follows a bought one', async () => {
  const done = await renewSeal(at, await openKeyRing(at, 'envoi.example', now), now);
  assert.ok(done.ok);
  const next = await openKeyRing(at, 'envoi.example', now);
  assert.deepEqual(Buffer.from(next.root), Buffer.from(ring.root));
  const [own, seal] = [next.root, next.seal.certificate].map((der) => new X509Certificate(der));
  assert.ok(own && seal?.checkIssued(own) && seal.verify(own.publicKey));
});

test('what cannot seal documents now is refused, and says why', async (t) => {
  if (!hasProgram('openssl')) return skipLoudly(t, 'openssl');
  const rootPem = certificatePem(root.certificate);
  const good = sealOf('2026-01-01', '2029-01-01');
  const pkcs12 = await pack({ key: good.key, certificates: [good.certificate, rootPem] });
  assert.equal(await refusalOf(pkcs12, 'wrong'), 'wrong_password');
  assert.equal(await refusalOf(Buffer.from('no file of that kind')), 'no_pkcs12');
  assert.equal(
    await refusalOf(await pack({ key: good.key, certificates: [good.certificate] })),
    'chain_missing',
  );
  assert.equal(
    await refusalOf(await pack({ key: good.key, certificates: [good.certificate, rootPem] }, ['-nokeys'])),
    'no_key',
  );
  for (const [from, until, reason] of [
    ['2020-01-01', '2026-11-26', 'expired'],
    ['2026-11-28', '2029-01-01', 'not_yet_valid'],
  ] as const) {
    const seal = sealOf(from, until);
    assert.equal(
      await refusalOf(await pack({ key: seal.key, certificates: [seal.certificate, rootPem] })),
      reason,
    );
  }
  const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256'];
  const server = await certificateByOpenssl(
    ['basicConstraints=CA:false', 'extendedKeyUsage=serverAuth'],
    curve,
  );
  const other = await certificateByOpenssl(['basicConstraints=CA:false', 'keyUsage=keyEncipherment'], curve);
  const authority = await certificateByOpenssl(['basicConstraints=critical,CA:true'], curve);
  const when = new Date(Date.now() + 60_000);
  for (const { key, certificate } of [server, other, authority])
    assert.equal(
      await refusalOf(await pack({ key, certificates: [certificate] }), password, when),
      'wrong_usage',
    );
  const weak = await certificateByOpenssl(
    ['basicConstraints=CA:false'],
    ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:secp256k1'],
  );
  assert.equal(
    await refusalOf(await pack({ key: weak.key, certificates: [weak.certificate] }), password, when),
    'weak_key',
  );
});

test('bytes that are no PKCS#12 file are refused, whatever they are', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
      assert.equal(openPkcs12(bytes, password).ok, false);
    }),
    { numRuns: 200 },
  );
});
