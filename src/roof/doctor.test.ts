import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type TestInstallation, testInstallation } from '../../test/installation.ts';
import { type DoctorNet, examine } from './doctor.ts';
import { lookAtProviders } from './look-at-providers.ts';

let installation: TestInstallation;

before(async () => {
  installation = await testInstallation({
    env: { ENVOI_PUBLIC_IPS: '192.0.2.25', ENVOI_MAIL_HOST: 'mail.vautrin.example' },
  });
});
after(() => installation.close());

const records: Record<string, string[]> = {
  'A mail.vautrin.example': ['192.0.2.25'],
  'PTR 192.0.2.25': ['mail.vautrin.example'],
};
const net = (more: Record<string, string[]> = {}): DoctorNet => ({
  resolve: async (name, type) => {
    const found = { ...records, ...more }[`${type} ${name}`];
    if (!found) throw new Error('ENOTFOUND');
    return found;
  },
  isOpen: async () => false,
});

async function look(more?: Record<string, string[]>) {
  const findings = await examine(installation, net(more));
  return new Map(findings.map((one) => [one.name, one]));
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
    'reverse name',
    'block lists',
  ])
    assert.equal(found.get(name)?.state, 'good', `${name}: ${found.get(name)?.sentence}`);
  assert.match(found.get('worker_stopped')?.sentence ?? '', /nothing leaves\. Start one/);
});

test('a wrong name, a strange reverse name and a block list are told with what to do', async () => {
  const found = await look({
    'A mail.vautrin.example': ['192.0.2.99'],
    'PTR 192.0.2.25': ['host-25.provider.example'],
    'A 25.2.0.192.zen.spamhaus.org': ['127.0.0.2'],
    'A 25.2.0.192.bl.spamcop.net': ['127.255.255.254'],
  });
  assert.match(found.get('name')?.sentence ?? '', /leads to 192\.0\.2\.99\. Set its A/);
  assert.match(
    found.get('reverse name')?.sentence ?? '',
    /called host-25\.provider\.example\. Have your provider/,
  );
  assert.match(found.get('block lists')?.sentence ?? '', /is on zen\.spamhaus\.org\. Find out why/);
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
