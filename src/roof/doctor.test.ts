import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { day } from '#base/time';
import { makeCheckpoint, sequence } from '#domain/evidence';
import { openKeyRing } from '#stores/keys';
import { type TestInstallation, testInstallation } from '../../test/installation.ts';
import { startDns, type TestDns } from '../../test/servers/index.ts';
import { examine } from './doctor.ts';
import { lookAtKeys } from './look-at-keys.ts';
import { lookAtProviders } from './look-at-providers.ts';

let dns: TestDns;
let installation: TestInstallation;

before(async () => {
  dns = await startDns([
    ['mail.vautrin.example', 'A', '192.0.2.25'],
    ['25.2.0.192.in-addr.arpa', 'PTR', 'mail.vautrin.example'],
  ]);
  installation = await testInstallation({
    env: {
      ENVOI_DNS_SERVERS: dns.address,
      ENVOI_PUBLIC_IPS: '192.0.2.25',
      ENVOI_MAIL_HOST: 'mail.vautrin.example',
    },
  });
});
after(async () => {
  await installation.close();
  await dns.close();
});

async function look() {
  return new Map((await examine(installation)).map((one) => [one.name, one]));
}

test('a healthy installation is told to be one, except that nobody works in it', async () => {
  const found = await look();
  for (const name of [
    'database',
    'tables',
    'companies',
    'clock',
    'files',
    'disk',
    'name',
    'addresses',
    'forward',
    'reverse',
    'block lists',
    'seal',
    'keys',
  ])
    assert.equal(found.get(name)?.state, 'good', `${name}: ${found.get(name)?.sentence}`);
  assert.match(found.get('worker_stopped')?.sentence ?? '', /nothing leaves\. Start one/);
});

test('a certificate that Envoi made is told as such, and is no fault of a machine that has not been given one', async () => {
  const certificate = (await look()).get('certificate');
  assert.equal(certificate?.state, 'unknown');
  assert.match(certificate?.sentence ?? '', /Nobody vouches for this certificate/);
});

test('a wrong name, a strange reverse name and a block list are told with what to do', async () => {
  dns.set('mail.vautrin.example', 'A', '192.0.2.99');
  dns.set('25.2.0.192.in-addr.arpa', 'PTR', 'host-25.provider.example');
  dns.set('25.2.0.192.zen.spamhaus.org', 'A', '127.0.0.2');
  dns.set('25.2.0.192.bl.spamcop.net', 'A', '127.255.255.254');
  const found = await look();
  for (const [name, sentence] of [
    ['forward', /: 192\.0\.2\.99 .*Give mail\.vautrin\.example A and AAAA records with: 192\.0\.2\.25/],
    ['reverse', /: host-25\.provider\.example .*set the reverse name of 192\.0\.2\.25/],
    ['block lists', /is on zen\.spamhaus\.org\. Find out why/],
  ] as const) {
    assert.equal(found.get(name)?.state, 'bad', name);
    assert.match(found.get(name)?.sentence ?? '', sentence);
  }
});

test('a seal that ends soon and a log that was signed elsewhere are told with what to do', async () => {
  const { seal } = installation.keys;
  const ends = new Date(new X509Certificate(seal.certificate).validTo).getTime();
  const soon = { ...installation, clock: () => new Date(ends - 59 * day) };
  assert.match((await lookAtKeys(soon))[0]?.sentence ?? '', /holds until .*envoi keys renew-seal/);
  await sequence(installation.database);
  await makeCheckpoint(installation.database, installation.keys.log, new Date());
  const folder = await mkdtemp(join(tmpdir(), 'envoi-ring-'));
  const strange = await openKeyRing(join(folder, 'keys'), 'localhost', new Date());
  await rm(folder, { recursive: true });
  const [, own] = await lookAtKeys(installation);
  const [, other] = await lookAtKeys({ ...installation, keys: strange });
  assert.deepEqual([own?.state, other?.state], ['good', 'bad']);
  assert.match(other?.sentence ?? '', /Copy the folder keys/);
});

test('who wants to register Envoi with Google or Microsoft is told the address that is to be registered', async () => {
  const found = await look();
  const uri = `${installation.config.publicUrl}/settings/senders/connected/google`;
  assert.ok(found.get('google')?.sentence.includes(uri), found.get('google')?.sentence);
  const app = { clientId: 'a', clientSecret: 'b', endpoints: {} };
  const [google, microsoft] = lookAtProviders({
    google: app,
    microsoft: null,
    publicUrl: 'http://envoi.example',
  });
  assert.deepEqual([google?.state, microsoft?.state], ['bad', 'unknown']);
  assert.equal(
    lookAtProviders({ google: app, microsoft: null, publicUrl: 'https://envoi.example' })[0]?.state,
    'good',
  );
});

test('what was put into the files to try them is gone afterwards', async () => {
  await look();
  assert.deepEqual(await installation.files.usage('com_doctor'), { files: 0, bytes: 0 });
});
