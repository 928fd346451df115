import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { beginConnecting, finishConnecting, makeProviders } from '#domain/senders';
import { type Program, testApi } from '../../../test/api.ts';
import { type OauthServer, startOauth } from '../../../test/servers/index.ts';

const publicUrl = 'https://envoi.example';
const methods = ['google', 'microsoft'] as const;
let api: Awaited<ReturnType<typeof testApi>>;
let program: Program;
let servers: Readonly<Record<(typeof methods)[number], OauthServer>>;

before(async () => {
  servers = { google: await startOauth(), microsoft: await startOauth() };
  const appAt = ({ clientId, clientSecret, endpoints }: OauthServer) => ({
    clientId,
    clientSecret,
    endpoints: {
      ...Object.fromEntries(endpoints.split(' ').map((pair) => pair.split('=') as [string, string])),
      imap: 'imaps://imap.provider.example:993',
    },
  });
  const providers = makeProviders({ google: appAt(servers.google), microsoft: appAt(servers.microsoft) });
  api = await testApi(undefined, ({ senders }) => ({
    senders: { ...senders, providers, now: () => new Date() },
  }));
  program = await api.program();
});
after(async () => {
  await api.close();
  await Promise.all([servers.google.close(), servers.microsoft.close()]);
});

async function addSender(method: (typeof methods)[number]): Promise<string> {
  const { account } = servers[method];
  const made = await program.ask('POST /senders', { method, address: account, name: 'Claire' });
  assert.equal(made.status, 201, made.text);
  return made.json.id;
}

/** What its owner does in a browser. */
async function connect(method: (typeof methods)[number], senderId: string): Promise<void> {
  const ref = { companyId: program.companyId, senderId, by: 'usr_TEST' };
  const begun = await beginConnecting(api.needs.senders, ref, publicUrl);
  assert.ok(begun.ok);
  const parameters = (await servers[method].consent(begun.url)).searchParams;
  const back = { consent: begun.consent, parameters, publicUrl, provider: method };
  const done = await finishConnecting(api.needs.senders, ref, back);
  assert.ok(done.ok, JSON.stringify(done));
}

const why = (answer: { readonly json: { readonly errors?: readonly { readonly message: string }[] } }) =>
  answer.json.errors?.[0]?.message ?? '';

for (const method of methods)
  test(`the mailbox of a ${method} account is read once its owner has granted it, and until it is taken away`, async () => {
    const id = await addSender(method);
    const path = `/senders/${id}/mailbox`;
    const early = await program.ask(`POST ${path}`, {});
    assert.equal(early.status, 422, early.text);
    assert.match(why(early), /connectPath/);
    assert.equal((await program.ask(`GET /senders/${id}`)).json.usesMailbox, false, 'nothing was changed');

    await program.ask(`PATCH /senders/${id}`, { usesMailbox: true });
    await connect(method, id);
    const elsewhere = await program.ask(`POST ${path}`, {
      host: 'imap.elsewhere.example',
      port: 993,
      security: 'implicit',
    });
    assert.equal(elsewhere.status, 422);
    const connected = await program.ask(`POST ${path}`, {});
    assert.equal(connected.status, 200, connected.text);
    assert.equal(connected.json.host, 'imap.provider.example');
    assert.equal((await program.ask(`GET ${path}`)).json.senderId, id);

    assert.equal((await program.ask(`DELETE ${path}`)).status, 204);
    assert.equal((await program.ask(`GET ${path}`)).status, 404);
    assert.equal((await program.ask(`GET /senders/${id}`)).json.usesMailbox, false);
  });

test('a Microsoft account that was connected for sending only has to consent again', async () => {
  const id = await addSender('microsoft');
  await connect('microsoft', id);
  const answer = await program.ask(`POST /senders/${id}/mailbox`, {});
  assert.equal(answer.status, 422);
  assert.match(why(answer), /has not granted/);
});

test('a sender that is removed takes its mailbox along', async () => {
  const id = await addSender('google');
  await program.ask(`PATCH /senders/${id}`, { usesMailbox: true });
  await connect('google', id);
  assert.equal((await program.ask(`POST /senders/${id}/mailbox`, {})).status, 200);
  const rows = () =>
    api.database.owner
      .query('select sender_id from mailboxes where sender_id = $1', [id])
      .then((found) => found.rows);
  assert.equal((await rows()).length, 1);
  assert.equal((await program.ask(`DELETE /senders/${id}`)).status, 204);
  assert.deepEqual(await rows(), []);
  const { items } = (await program.ask('GET /events?limit=200')).json;
  const told = items.map((event: { type: string }) => event.type);
  assert.ok(told.includes('sender.mailbox_disconnected'), told.join());
});

test('a server of its own has to be named, and other ways have no mailbox', async () => {
  const settings = { host: 'mail.example.com', port: 587, security: 'starttls', user: 'claire' };
  const made = await program.ask('POST /senders', {
    method: 'smtp',
    address: 'claire@vautrin.example',
    settings,
    password: 'oak library wall',
  });
  const unnamed = await program.ask(`POST /senders/${made.json.id}/mailbox`, {});
  assert.equal(unnamed.status, 422, unnamed.text);
  assert.match(why(unnamed), /host, port and security/);
});

test('a sender that a text goes out from is not removed before the text has another one', async () => {
  const id = await addSender('google');
  await api.database.owner.query(`update senders set state = 'valid' where id = $1`, [id]);
  const text = {
    kind: 'quote',
    purpose: 'first',
    language: 'en',
    name: 'Offers',
    subject: 'Our quote',
    html: '<p>Here it is.</p>',
    senderId: id,
  };
  const template = await program.ask('PUT /templates', text);
  assert.ok(template.status < 300, template.text);
  const refused = await program.ask(`DELETE /senders/${id}`);
  assert.equal(refused.status, 409, refused.text);
  assert.equal((await program.ask(`GET /senders/${id}`)).status, 200, 'it is still there');
  assert.equal((await program.ask('PUT /sender-rule', { rule: 'at_send' })).status, 200);
  assert.equal((await program.ask(`DELETE /senders/${id}`)).status, 204);
  const { items } = (await program.ask('GET /templates')).json;
  const after = items.find((one: { id: string }) => one.id === template.json.id);
  assert.equal(after?.senderId, null);
});
