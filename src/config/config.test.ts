import assert from 'node:assert/strict';
import { chmod, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { after, before, test } from 'node:test';
import fc from 'fast-check';
import { describeConfig } from './describe-config.ts';
import { type Config, loadConfig } from './load-config.ts';
import { readSecretKey } from './secret-key.ts';
import { variables } from './variables.ts';

let folder: string;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'envoi-config-'));
});
after(() => rm(folder, { recursive: true }));

test('an empty environment is the sandbox on this machine', () => {
  const config = configOf({});
  assert.equal(config.publicUrl, 'http://localhost:3000');
  assert.equal(config.portalUrl, config.publicUrl);
  assert.equal(config.host, '127.0.0.1');
  assert.equal(config.dataFolder, resolve('data'));
  assert.deepEqual(config.smtp, { kind: 'sandbox' });
  assert.deepEqual([...config.roles], ['web', 'worker', 'smtp']);
  assert.equal(config.setup, null);
});

test('addresses follow the port, and the portal follows the public address', () => {
  assert.equal(configOf({ PORT: '8080' }).portalUrl, 'http://localhost:8080');
  const config = configOf({ PUBLIC_URL: 'https://bills.example.com/', ENVOI_PLATFORM_DOMAIN: 'Example.com' });
  assert.equal(config.portalUrl, 'https://bills.example.com');
  assert.equal(config.mailHost, 'example.com');
});

test('an empty variable counts as absent', () => {
  assert.equal(configOf({ PORT: '', DATABASE_URL: '', ENVOI_SMTP_URL: '' }).databaseUrl, null);
});

test('the largest file is 25 MB unless it is set, within what memory can bear', () => {
  assert.equal(configOf({}).fileBytes, 25 * 2 ** 20);
  assert.equal(configOf({ ENVOI_MAX_FILE_MB: '40' }).fileBytes, 40 * 2 ** 20);
  for (const wrong of ['0', '101', '-1', '2.5', 'big'])
    assert.equal(loadConfig({ ENVOI_MAX_FILE_MB: wrong }).ok, false, wrong);
});

test('lists, resolvers, relays and roles are read', () => {
  const config = configOf({
    ENVOI_ROLES: ' web , worker',
    ENVOI_PUBLIC_IPS: '192.0.2.1,2001:db8::1',
    ENVOI_DNS_SERVERS: '127.0.0.1:5353,[2001:db8::1]:53,192.0.2.7',
    ENVOI_TRUST_PROXY: '10.0.0.0/8,::1',
    ENVOI_SMTP_URL: 'smtp://user:p%40ss@relay.example.com:587',
  });
  assert.deepEqual([...config.roles], ['web', 'worker']);
  assert.deepEqual(config.publicIps, ['192.0.2.1', '2001:db8::1']);
  assert.equal(config.dnsServers.length, 3);
  assert.equal(config.smtp.kind, 'relay');
  assert.equal(configOf({ ENVOI_SMTP_URL: 'direct:' }).smtp.kind, 'direct');
});

test('all problems come at once, as sentences that repeat no value', () => {
  const problems = problemsOf({
    PORT: '70000',
    PUBLIC_URL: 'bills.example.com',
    ENVOI_PORTAL_URL: 'https://bills.example.com/portal',
    DATABASE_URL: 'mysql://root:hunter2@db/x',
    ENVOI_ROLES: 'web,janitor',
    ENVOI_SECRET_KEY: 'c2hvcnQ=',
    ENVOI_SMTP_URL: 'imap://x',
    ENVOI_PUBLIC_IPS: '192.0.2.300',
    ENVOI_SETUP_COMPANY: 'Rossi',
    ENVOI_TLS_CERT: '/cert.pem',
  });
  for (const name of [
    'PORT',
    'PUBLIC_URL',
    'ENVOI_PORTAL_URL',
    'DATABASE_URL',
    'ENVOI_ROLES',
    'ENVOI_SECRET_KEY',
  ]) {
    assert.ok(
      problems.some((problem) => problem.startsWith(`${name} `)),
      name,
    );
  }
  assert.ok(problems.some((problem) => problem.startsWith('ENVOI_TLS_KEY must be set too')));
  assert.ok(problems.some((problem) => problem.startsWith('ENVOI_SETUP_EMAIL and ENVOI_SETUP_PASSWORD')));
  assert.ok(problems.every((problem) => problem.endsWith('.')));
  assert.ok(!problems.join().includes('hunter2'));
});

test('a misspelt variable is noticed', () => {
  const loaded = loadConfig({ ENVOI_SMPT_URL: 'direct:', ENVOI_TEST_SKIPS: 'x' });
  assert.ok(loaded.ok);
  assert.deepEqual(loaded.notes, ['ENVOI_SMPT_URL is not a variable of Envoi and is ignored.']);
});

test('whatever the environment holds, the answer is a configuration or sentences', () => {
  const names = fc.constantFrom(...Object.keys(variables.shape));
  const value = fc.oneof(fc.string(), fc.webUrl(), fc.ipV4(), fc.ipV6(), fc.nat().map(String));
  fc.assert(
    fc.property(fc.dictionary(names, value), (env) => {
      const loaded = loadConfig(env);
      if (!loaded.ok)
        assert.ok(loaded.problems.length > 0 && loaded.problems.every((one) => /^[A-Z_]+ .*\.$/s.test(one)));
    }),
  );
});

test('the secret key is made once, for its owner only, also when two ask at the same time', async () => {
  const config = { dataFolder: join(folder, 'data'), secretKey: null };
  const [one, two] = await Promise.all([readSecretKey(config), readSecretKey(config)]);
  assert.deepEqual(one, two);
  assert.deepEqual(await readSecretKey(config), one);
  assert.equal(one?.byteLength, 32);
  const path = join(config.dataFolder, 'secret-key');
  assert.equal((await stat(path)).mode & 0o777, 0o600);
  await chmod(path, 0o644);
  await assert.rejects(readSecretKey(config), /Others can read .* chmod 600/);
  await chmod(path, 0o600);
  await writeFile(path, 'half');
  await assert.rejects(readSecretKey(config), /does not hold a key/);
});

test('the page about the configuration names every variable', () => {
  const page = describeConfig();
  for (const name of Object.keys(variables.shape)) assert.ok(page.includes(`| \`${name}\` | `), name);
  assert.ok(!page.includes('undefined'));
});

function configOf(env: Record<string, string>): Config {
  const loaded = loadConfig(env);
  assert.ok(loaded.ok, JSON.stringify(loaded));
  return loaded.config;
}

function problemsOf(env: Record<string, string>): readonly string[] {
  const loaded = loadConfig(env);
  assert.ok(!loaded.ok);
  return loaded.problems;
}

test('an app at Google or Microsoft has both an id and a secret, and its addresses are https or on this machine', () => {
  const both = { ENVOI_GOOGLE_CLIENT_ID: 'id', ENVOI_GOOGLE_CLIENT_SECRET: 'secret' };
  const loaded = loadConfig({
    ...both,
    ENVOI_GOOGLE_ENDPOINTS: 'token=https://login.example/t smtp=smtp://mx.example:587',
  });
  assert.ok(loaded.ok);
  assert.deepEqual(loaded.config.google, {
    clientId: 'id',
    clientSecret: 'secret',
    endpoints: { token: 'https://login.example/t', smtp: 'smtp://mx.example:587' },
  });
  assert.equal(loaded.config.microsoft, null);
  for (const wrong of [
    'token=http://login.example/t',
    'token=ftp://x/',
    'else=https://x/',
    'https://x/',
    'token=',
  ])
    assert.ok(!loadConfig({ ...both, ENVOI_GOOGLE_ENDPOINTS: wrong }).ok, wrong);
  assert.ok(loadConfig({ ...both, ENVOI_GOOGLE_ENDPOINTS: 'token=http://127.0.0.1:9/t' }).ok);
  const half = loadConfig({ ENVOI_MICROSOFT_CLIENT_ID: 'id' });
  assert.ok(
    !half.ok && half.problems.some((one) => one.startsWith('ENVOI_MICROSOFT_CLIENT_SECRET must be set too')),
  );
});
