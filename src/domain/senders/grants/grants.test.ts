import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import fc from 'fast-check';
import { asWorker } from '#stores/database';
import {
  type OauthOptions,
  type OauthServer,
  type PoliteServer,
  startOauth,
  startPolite,
} from '../../../../test/servers/index.ts';
import { database, deps, eventsOf, newCompany, within } from '../bench.test-suite.ts';
import { changeSender, createSender, deleteSender, getSender, makeProviders, type Sender } from '../index.ts';
import { accessToken } from './access-token.ts';
import { beginConnecting, type Connected, finishConnecting } from './connect-account.ts';
import type { GrantDeps } from './grant-deps.ts';
import { selectGrant } from './grant-table.ts';
import { tendGrants } from './tend-grants.ts';

const publicUrl = 'https://envoi.example';
const address = 'claire@vautrin.example';
let now = new Date();
let smtp: PoliteServer;
const servers: OauthServer[] = [];
before(async () => {
  smtp = await startPolite({ tokens: (user, token) => servers.some((one) => one.isGood(user, token)) });
});
after(async () => {
  await Promise.all([...servers.map((one) => one.close()), smtp.close()]);
});

interface Bench {
  readonly server: OauthServer;
  readonly deps: GrantDeps;
  readonly ref: { readonly companyId: string; readonly senderId: string };
}

/** A provider with a sender there that nobody has connected yet. */
async function bench(
  method: 'google' | 'microsoft',
  options: OauthOptions = {},
  usesMailbox = false,
): Promise<Bench> {
  const server = await startOauth(options);
  servers.push(server);
  const pairs = server.endpoints.split(' ').map((pair) => pair.split('=') as [string, string]);
  const endpoints = { ...Object.fromEntries(pairs), smtp: `smtp://127.0.0.1:${smtp.port}` };
  const app = { clientId: server.clientId, clientSecret: server.clientSecret, endpoints };
  const providers = makeProviders({ google: null, microsoft: null, [method]: app });
  const companyId = newCompany();
  const all = { ...deps, providers };
  const made = await within(companyId, (tx) =>
    createSender(tx, all, { companyId, method, address, usesMailbox }, 'user', now),
  );
  assert.ok(made.ok, JSON.stringify(made));
  return {
    server,
    deps: { database, key: deps.key, providers, now: () => now },
    ref: { companyId, senderId: made.sender.id },
  };
}

async function connect(
  of: Bench,
  change: (back: URL) => void = () => undefined,
  answer: 'allow' | 'deny' = 'allow',
): Promise<Connected> {
  const begun = await beginConnecting(of.deps, of.ref, publicUrl);
  assert.ok(begun.ok);
  const back = await of.server.consent(begun.url, answer);
  change(back);
  const provider = back.pathname.split('/').at(-1) ?? '';
  return finishConnecting(
    of.deps,
    { ...of.ref, by: 'usr_TEST' },
    { consent: begun.consent, parameters: back.searchParams, publicUrl, provider },
  );
}

const grantOf = (of: Bench) => within(of.ref.companyId, (tx) => selectGrant(tx, of.ref));
const senderOf = async (of: Bench): Promise<Sender> => {
  const sender = await within(of.ref.companyId, (tx) => getSender(tx, of.ref.companyId, of.ref.senderId));
  assert.ok(sender);
  return sender;
};
const later = (ms: number) => {
  now = new Date(now.getTime() + ms);
};
const hour = 3_600_000;

test('the browser is sent with PKCE, a state, a nonce, the proposed account and the scopes that are needed', async () => {
  for (const [method, usesMailbox, scope] of [
    ['google', false, 'openid email https://mail.google.com/'],
    ['microsoft', false, 'openid email profile offline_access https://outlook.office.com/SMTP.Send'],
    [
      'microsoft',
      true,
      'openid email profile offline_access https://outlook.office.com/SMTP.Send https://outlook.office.com/IMAP.AccessAsUser.All',
    ],
  ] as const) {
    const of = await bench(method, {}, usesMailbox);
    const begun = await beginConnecting(of.deps, of.ref, publicUrl);
    assert.ok(begun.ok);
    const query = new URL(begun.url).searchParams;
    assert.equal(query.get('scope'), scope);
    assert.equal(query.get('redirect_uri'), `${publicUrl}/settings/senders/connected/${method}`);
    assert.deepEqual([query.get('code_challenge_method'), query.get('login_hint')], ['S256', address]);
    assert.deepEqual([query.get('state'), query.get('nonce')], [begun.consent.state, begun.consent.nonce]);
    assert.ok(!begun.url.includes(begun.consent.verifier), 'the verifier stays here');
    assert.equal(query.get('access_type'), method === 'google' ? 'offline' : null);
  }
});

test('a consent gives a token that opens the mailbox, sealed where it lies', async () => {
  const of = await bench('google', {}, true);
  const connected = await connect(of);
  assert.ok(connected.ok && connected.opensMailbox, JSON.stringify(connected));
  const token = await accessToken(of.deps, of.ref);
  assert.ok(token.ok && of.server.isGood(address, token.token));
  const row = await grantOf(of);
  assert.ok(
    !`${row?.access_token?.toString('latin1')}${row?.refresh_token?.toString('latin1')}`.includes(
      token.token,
    ),
  );
  assert.ok(!JSON.stringify(await eventsOf(of.ref.companyId)).includes(token.token));
  assert.deepEqual(of.server.asked, ['authorization_code'], 'a fresh token is used as it is');
});

test('what comes back with another state, nonce, provider or verifier connects nothing', async () => {
  const of = await bench('google');
  const wrongState = await connect(of, (back) => back.searchParams.set('state', 'x'.repeat(43)));
  assert.ok(!wrongState.ok && wrongState.reason === 'connect_failed', JSON.stringify(wrongState));
  const [one, two] = [
    await beginConnecting(of.deps, of.ref, publicUrl),
    await beginConnecting(of.deps, of.ref, publicUrl),
  ];
  assert.ok(one.ok && two.ok);
  const back = await of.server.consent(one.url);
  const answer = { parameters: back.searchParams, publicUrl, provider: 'google' };
  const who = { ...of.ref, by: 'usr_TEST' };
  const mixed = { ...one.consent, verifier: two.consent.verifier };
  const unproven = await finishConnecting(of.deps, who, { ...answer, consent: mixed });
  assert.ok(!unproven.ok && unproven.reason === 'connect_failed', JSON.stringify(unproven));
  const elsewhere = await finishConnecting(of.deps, who, {
    ...answer,
    consent: one.consent,
    provider: 'microsoft',
  });
  assert.ok(!elsewhere.ok && elsewhere.reason === 'connect_failed');
  const forged = await bench('google', { claims: { nonce: 'somebody-elses' } });
  const replayed = await connect(forged);
  assert.ok(!replayed.ok && replayed.reason === 'connect_failed', JSON.stringify(replayed));
  for (const each of [of, forged]) assert.equal(await grantOf(each), null);
});

test('a no, an unticked scope and another account are told apart, and nothing is kept', async () => {
  const of = await bench('google');
  const denied = await connect(of, () => undefined, 'deny');
  assert.ok(!denied.ok && denied.reason === 'consent_refused', JSON.stringify(denied));
  of.server.account = 'bob@vautrin.example';
  const other = await connect(of);
  assert.ok(!other.ok && other.reason === 'other_account' && other.message === 'bob@vautrin.example');
  assert.equal(of.server.revoked.length, 1, 'what nobody here lives on is given back');
  const unticked = await bench('google', { unticked: ['https://mail.google.com/'] });
  const incomplete = await connect(unticked);
  assert.ok(!incomplete.ok && incomplete.reason === 'consent_incomplete', JSON.stringify(incomplete));
  for (const each of [of, unticked]) assert.equal(await grantOf(each), null);
});

test('at Microsoft the account may be named by what one signs in with, and its tenant signs the token', async () => {
  const tid = '0f0e0d0c-0b0a-4908-8706-050403020100';
  const named = { tid, email: 'alias@vautrin.example', preferred_username: 'Claire@Vautrin.example' };
  for (const [iss, isGood] of [
    [`https://login.example/${tid}/v2.0`, true],
    ['https://login.example/11111111-0b0a-4908-8706-050403020100/v2.0', false],
  ] as const) {
    const of = await bench('microsoft', { claims: { ...named, iss } });
    assert.ok(of.deps.providers.microsoft);
    const microsoft = { ...of.deps.providers.microsoft, issuer: 'https://login.example/{tenantid}/v2.0' };
    const connected = await connect({ ...of, deps: { ...of.deps, providers: { microsoft } } });
    assert.equal(connected.ok, isGood, JSON.stringify(connected));
  }
});

test('a token is renewed before it ends and when a server refuses it, and a new refresh token takes the place of the old one', async () => {
  const of = await bench('microsoft', { rotates: true });
  assert.ok((await connect(of)).ok);
  const first = await accessToken(of.deps, of.ref);
  later(hour - 4 * 60_000);
  const second = await accessToken(of.deps, of.ref);
  assert.ok(first.ok && second.ok && first.token !== second.token);
  const third = await accessToken(of.deps, of.ref, second.token);
  assert.ok(third.ok && third.token !== second.token);
  later(2 * hour);
  assert.ok((await accessToken(of.deps, of.ref)).ok, 'the newest refresh token is the one that is used');
  assert.deepEqual(of.server.asked, [
    'authorization_code',
    'refresh_token',
    'refresh_token',
    'refresh_token',
  ]);
});

test('of many that need a new token at once, over all workers, one asks for it', async () => {
  const of = await bench('microsoft', { rotates: true });
  assert.ok((await connect(of)).ok);
  later(2 * hour);
  const all = await Promise.all(Array.from({ length: 12 }, () => accessToken(of.deps, of.ref)));
  assert.equal(new Set(all.map((one) => one.ok && one.token)).size, 1);
  assert.ok(all.every((one) => one.ok));
  assert.deepEqual(of.server.asked, ['authorization_code', 'refresh_token']);
});

test('a lease that a stopped process has left ends by itself', async () => {
  const of = await bench('google');
  assert.ok((await connect(of)).ok);
  later(2 * hour);
  await asWorker(database, (tx) =>
    tx
      .updateTable('sender_grants')
      .set({ lease: 'gone', lease_until: new Date(now.getTime() - 1) })
      .where('sender_id', '=', of.ref.senderId)
      .execute(),
  );
  assert.ok((await accessToken(of.deps, of.ref)).ok);
});

test('an ended grant breaks its sender at once and is forgotten; a new consent replaces it', async () => {
  const of = await bench('google');
  assert.ok((await connect(of)).ok);
  of.server.withdraw(address);
  later(2 * hour);
  const answer = await accessToken(of.deps, of.ref);
  assert.ok(!answer.ok && answer.problem === 'grant_ended');
  const row = await grantOf(of);
  assert.deepEqual([row?.state, row?.refresh_token, row?.access_token], ['ended', null, null]);
  const sender = await senderOf(of);
  assert.deepEqual([sender.state, sender.problem], ['broken', 'grant_ended']);
  const asked = of.server.asked.length;
  assert.ok(!(await accessToken(of.deps, of.ref)).ok);
  assert.equal(of.server.asked.length, asked, 'nobody is asked for what has ended');
  assert.ok((await connect(of)).ok);
  assert.ok((await accessToken(of.deps, of.ref)).ok);
});

test('a provider that does not answer, or is busy, breaks nothing; one that refuses the app says so', async () => {
  const of = await bench('google');
  assert.ok((await connect(of)).ok);
  later(2 * hour);
  for (const trouble of [
    { status: 503, error: 'temporarily_unavailable' },
    { status: 429, error: 'invalid_grant' },
    { status: 500, error: 'internal_failure' },
  ]) {
    of.server.trouble = trouble;
    const answer = await accessToken(of.deps, of.ref);
    assert.ok(!answer.ok && answer.problem === 'provider_unreachable', JSON.stringify(answer));
  }
  assert.equal((await senderOf(of)).state, 'unchecked');
  of.server.trouble = { status: 401, error: 'invalid_client' };
  const refused = await accessToken(of.deps, of.ref);
  assert.ok(!refused.ok && refused.problem === 'app_refused', JSON.stringify(refused));
  assert.equal((await senderOf(of)).problem, 'app_refused');
  of.server.trouble = null;
  assert.ok((await accessToken(of.deps, of.ref)).ok, 'the consent itself is still good');
});

test('whatever the token endpoint answers, it is a value and never a crash', async () => {
  const of = await bench('google');
  assert.ok((await connect(of)).ok);
  const oddities = fc.record({
    status: fc.constantFrom(200, 201, 204, 302, 400, 401, 403, 404, 500),
    error: fc.string(),
  });
  await fc.assert(
    fc.asyncProperty(oddities, async (trouble) => {
      later(2 * hour);
      of.server.trouble = trouble;
      const answer = await accessToken(of.deps, of.ref);
      assert.ok(!answer.ok || trouble.status === 200);
    }),
    { numRuns: 60 },
  );
});

test('a removed sender gives its grant back, unless another one lives on the same account', async () => {
  const of = await bench('google');
  assert.ok((await connect(of)).ok);
  const again = { ...of, ref: { ...of.ref, senderId: '' } };
  const made = await within(of.ref.companyId, (tx) =>
    createSender(
      tx,
      { ...deps, providers: of.deps.providers },
      { companyId: of.ref.companyId, method: 'google', address },
      'user',
      now,
    ),
  );
  assert.ok(made.ok);
  const second = { ...again, ref: { companyId: of.ref.companyId, senderId: made.sender.id } };
  assert.ok((await connect(second)).ok);
  for (const [each, revoked] of [
    [of, 0],
    [second, 1],
  ] as const) {
    await within(each.ref.companyId, (tx) => deleteSender(tx, each.ref, 'user', now));
    assert.ok(!(await accessToken(each.deps, each.ref)).ok, 'nothing is sent with it any more');
    await tendGrants(each.deps);
    assert.equal(await grantOf(each), null);
    assert.equal(of.server.revoked.length, revoked);
  }
  const left = (await eventsOf(of.ref.companyId)).filter((event) => event.type === 'sender.account_left');
  assert.deepEqual(
    left.map((event) => event.data['revoked']),
    [false, true],
  );
});

test('a grant that nobody used for a day is renewed, so that its end is known before somebody sends', async () => {
  // Those of other tests are at other servers.
  await asWorker(database, (tx) => tx.deleteFrom('sender_grants').execute());
  const of = await bench('microsoft', { rotates: true });
  assert.ok((await connect(of)).ok);
  await tendGrants(of.deps);
  assert.deepEqual(of.server.asked, ['authorization_code']);
  later(25 * hour);
  await tendGrants(of.deps);
  assert.deepEqual(of.server.asked, ['authorization_code', 'refresh_token']);
  later(25 * hour);
  of.server.withdraw(address);
  await tendGrants(of.deps);
  assert.equal((await senderOf(of)).problem, 'grant_ended');
});

test('the address of a connected account is fixed; before, it may be mended', async () => {
  const of = await bench('google');
  const change = (to: string) =>
    within(of.ref.companyId, (tx) =>
      changeSender(tx, { ...deps, providers: of.deps.providers }, of.ref, { address: to }, 'user', now),
    );
  assert.ok((await change('clare@vautrin.example')).ok);
  assert.ok((await change(address)).ok);
  assert.ok((await connect(of)).ok);
  assert.deepEqual(await change('bob@vautrin.example'), { ok: false, reason: 'account_is_fixed' });
});

test('without an app of the operator there is no such sender', async () => {
  const companyId = newCompany();
  const made = await within(companyId, (tx) =>
    createSender(tx, deps, { companyId, method: 'microsoft', address }, 'user', now),
  );
  assert.deepEqual(made, { ok: false, reason: 'provider_not_set_up' });
});
