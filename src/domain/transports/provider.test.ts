import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  beginConnecting,
  createSender,
  finishConnecting,
  makeProviders,
  type ProviderSender,
} from '#domain/senders';
import { type Database, inCompany } from '#stores/database';
import { type OauthServer, type PoliteServer, startOauth, startPolite } from '../../../test/servers/index.ts';
import { company, database, deps, quietly, received, type Tables } from './bench.test-suite.ts';
import { aMail, transportContract } from './contract.test-suite.ts';
import { makeTransports, type TransportDeps } from './index.ts';

interface Account {
  readonly oauth: OauthServer;
  readonly smtp: PoliteServer;
  readonly sender: ProviderSender;
  readonly deps: TransportDeps;
  close(): Promise<void>;
}

const publicUrl = 'https://envoi.example';

/** A Google account that is connected. */
async function connected(): Promise<Account> {
  const oauth = await startOauth();
  const smtp = await startPolite({ tokens: (user, token) => oauth.isGood(user, token) });
  const pairs = oauth.endpoints.split(' ').map((pair) => pair.split('=') as [string, string]);
  const endpoints = { ...Object.fromEntries(pairs), smtp: `smtp://127.0.0.1:${smtp.port}` };
  const { clientId, clientSecret } = oauth;
  const providers = makeProviders({ google: { clientId, clientSecret, endpoints }, microsoft: null });
  const own = { ...deps, providers };
  const input = { companyId: company, method: 'google', address: oauth.account } as const;
  const made = await inCompany(database, company, (tx) => createSender(tx, own, input, 'user', new Date()));
  assert.ok(made.ok && made.sender.method === 'google');
  const ref = { companyId: company, senderId: made.sender.id, by: 'usr_TEST' };
  const begun = await beginConnecting(own, ref, publicUrl);
  assert.ok(begun.ok);
  const parameters = (await oauth.consent(begun.url)).searchParams;
  const back = { consent: begun.consent, parameters, publicUrl, provider: 'google' };
  assert.ok((await finishConnecting(own, ref, back)).ok);
  const close = async () => void (await Promise.all([oauth.close(), smtp.close()]));
  return { oauth, smtp, sender: made.sender, deps: own, close };
}

transportContract('provider', async () => {
  const account = await connected();
  const transports = makeTransports(account.deps);
  return {
    sender: account.sender,
    transport: transports.for(account.sender),
    arrived: (recipient) => Promise.resolve(received(account.smtp, recipient)),
    release: async () => {
      await transports.close();
      await account.close();
    },
  };
});

test('a token that the server refuses is renewed, and the mail goes out with the new one', async () => {
  const account = await connected();
  const transports = makeTransports(account.deps);
  account.oauth.spoilTokens();
  const mail = aMail(account.sender);
  const delivery = await transports.for(account.sender).deliver(mail, quietly);
  assert.equal(delivery.kind, 'accepted', JSON.stringify(delivery));
  assert.equal(received(account.smtp, mail.envelope.to).length, 1);
  assert.deepEqual(account.oauth.asked, ['authorization_code', 'refresh_token']);
  await transports.close();
  await account.close();
});

test('a consent that has ended is a fault of the sender, a provider that is away is none, and no token is told', async () => {
  const account = await connected();
  const transports = makeTransports(account.deps);
  account.oauth.spoilTokens();
  account.oauth.trouble = { status: 503, error: 'busy' };
  const away = await transports.for(account.sender).deliver(aMail(account.sender), quietly);
  assert.ok(away.kind === 'temporary' && away.problem === 'provider_unreachable', JSON.stringify(away));
  account.oauth.trouble = null;
  account.oauth.withdraw(account.oauth.account);
  const over = await transports.for(account.sender).deliver(aMail(account.sender), quietly);
  assert.ok(
    over.kind === 'permanent' && over.step === 'auth' && over.problem === 'grant_ended',
    JSON.stringify(over),
  );
  assert.equal(account.smtp.mails.length, 0);
  assert.doesNotMatch(JSON.stringify([away, over]), /Bearer|a-client-secret/);
  await transports.close();
  await account.close();
});

test('without the app, and while our own database is away, nothing is dialed', async () => {
  const account = await connected();
  const none = makeTransports({ ...account.deps, providers: {} });
  const refused = await none.for(account.sender).deliver(aMail(account.sender), quietly);
  assert.ok(
    refused.kind === 'permanent' && refused.problem === 'provider_not_set_up',
    JSON.stringify(refused),
  );
  const flaky: Database<Tables> = {
    ...database,
    get app(): never {
      throw new Error('the database is away');
    },
  };
  const lost = makeTransports({ ...account.deps, database: flaky });
  const waits = await lost.for(account.sender).deliver(aMail(account.sender), quietly);
  assert.ok(waits.kind === 'temporary' && waits.problem === 'stopped_here', JSON.stringify(waits));
  assert.equal(account.smtp.mails.length, 0);
  await Promise.all([none.close(), lost.close()]);
  await account.close();
});
