import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { getRequestListener } from '@hono/node-server';
import { Hono } from 'hono';
import { createApiKey } from '#domain/accounts';
import { makeApi } from '#entrypoints/api';
import { runCommand, type World } from '#entrypoints/cli';
import type { Web } from '#entrypoints/web';
import { inCompany } from '#stores/database';
import { type TestInstallation, testInstallation } from '../installation.ts';
import { type PoliteServer, startPolite } from '../servers/index.ts';
import { testWeb, type Visitor, visitor } from '../staff.ts';

let smtp: PoliteServer;
let installation: TestInstallation;
let senderId: string;
let web: Web;
let browser: Visitor;
let server: Server;
let api: { readonly url: string; readonly key: string };
let folder: string;

before(async () => {
  smtp = await startPolite();
  installation = await testInstallation();
  senderId = await installation.connect(smtp.port);
  web = await testWeb(installation);
  browser = visitor(web.app);
  await browser.signIn();
  folder = await mkdtemp(join(tmpdir(), 'envoi-self-test-'));
  const where = { publicUrl: 'http://localhost:3000', portalUrl: 'http://localhost:3000' };
  const app = new Hono().route('/api/v1', makeApi({ ...installation, ...where }));
  server = createServer(getRequestListener(app.fetch));
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { companyId, database, clock } = installation;
  const { key } = await inCompany(database, companyId, (tx) =>
    createApiKey(tx, { companyId, name: 'ERP', rights: 'all' }, clock()),
  );
  api = { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, key };
});
after(async () => {
  server.closeAllConnections();
  await new Promise((closed) => server.close(closed));
  await web.close();
  await installation.close();
  await smtp.close();
  await rm(folder, { recursive: true, force: true });
});

/** The newest mail as it lies in the mailbox of whoever got it, with another Message-ID than it left with. */
function arrived(): string {
  const mail = smtp.mails.at(-1);
  assert.ok(mail);
  const text = mail.bytes
    .toString('latin1')
    .replace(/^Message-ID: .*$/im, 'Message-ID: <relay-9@isp.example>');
  return `Return-Path: <${mail.from}>\r\n${text}`;
}

const path = () => `/settings/senders/${senderId}/self-test`;

test('on the page of a sender, the source of the test mail is pasted and answered in plain words', async () => {
  assert.match(await (await browser.get('/settings/senders')).text(), /not tested yet/);
  const csrf = await browser.token(path());
  assert.equal((await browser.post(path(), { csrf, way: 'pasted' })).status, 303);
  assert.deepEqual(smtp.mails.at(-1)?.to, ['claire@vautrin.example']);
  assert.match(await (await browser.get(path())).text(), /paste it here/);
  const other = await browser.post(`${path()}/source`, { csrf, source: 'Subject: Lunch\n\nSoup' });
  assert.equal(other.status, 422);
  assert.match(await other.text(), /not the last test e-mail/);
  assert.equal((await browser.post(`${path()}/source`, { csrf, source: arrived() })).status, 303);
  const html = await (await browser.get(path())).text();
  assert.match(html, /seen only there, because Envoi does not read it/);
  assert.match(html, /relay-9@isp\.example/);
  assert.match(html, new RegExp(`/settings/senders/${senderId}/mailbox`));
  assert.match(await (await browser.get('/settings/senders')).text(), /seen only there/);
});

test('a result says that it is old when the server of the sender is another one', async () => {
  await installation.database.owner.query(
    `update senders set settings = settings || '{"host":"127.0.0.2"}' where id = $1`,
    [senderId],
  );
  assert.match(await (await browser.get(path())).text(), /have changed since/);
  assert.match(await (await browser.get('/settings/senders')).text(), /not tested yet/);
  await installation.database.owner.query(
    `update senders set settings = settings || '{"host":"127.0.0.1"}' where id = $1`,
    [senderId],
  );
});

async function ask(method: string, call: string, body?: object) {
  const answer = await fetch(`${api.url}/api/v1${call}`, {
    method,
    headers: { authorization: `Bearer ${api.key}`, 'content-type': 'application/json' },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  return { status: answer.status, json: await answer.json() };
}

test('a program begins a test, gives the source back, and reads by what bounces and answers are matched', async () => {
  const at = `/senders/${senderId}/self-test`;
  const missing = await ask('POST', at, { way: 'pasted' });
  assert.equal(missing.status, 422);
  assert.equal(missing.json.errors[0].path, 'to');
  const noHost = await ask('POST', at, { way: 'return_host' });
  assert.equal(noHost.json.errors[0].path, 'way');
  const begun = await ask('POST', at, { way: 'pasted', to: 'els@home.example' });
  assert.deepEqual([begun.status, begun.json.state, begun.json.bounces], [200, 'waiting', null]);
  const read = await ask('POST', `${at}/source`, { source: arrived().replaceAll('\r\n', '\n') });
  assert.equal(read.json.state, 'arrived', JSON.stringify(read.json));
  assert.equal(read.json.findings.messageId.verdict, 'changed');
  assert.equal(read.json.findings.header.verdict, 'kept');
  assert.deepEqual([read.json.bounces, read.json.answers], ['mailbox_unread', 'unseen']);
  assert.deepEqual((await ask('GET', at)).json, read.json);
});

test('the command line does the same with a file', async () => {
  const [out, said]: [string[], string[]] = [[], []];
  const none = (): never => {
    throw new Error('This command needs no data.');
  };
  const world: World = {
    print: (text) => void out.push(text),
    say: (sentence) => void said.push(sentence),
    readInput: async () => '',
    clock: () => new Date(),
    serve: async () => 0,
    open: none,
    hitRules: () => null,
    examine: none,
    lookAtMachine: none,
    sendTestText: none,
    backUp: none,
    restore: none,
    running: async () => api,
  };
  const begun = await runCommand(['self-test', senderId, '--to', 'els@home.example'], world);
  assert.equal(begun, 0, said.join('\n'));
  assert.match(out.join('\n'), /give it back: envoi self-test/);
  const file = join(folder, 'test.eml');
  await writeFile(file, arrived());
  assert.equal(await runCommand(['self-test', senderId, '--source', file], world), 0, said.join('\n'));
  assert.match(out.join('\n'), /messageId: changed \(relay-9@isp\.example\)/);
  assert.match(out.join('\n'), /bounces are matched by: mailbox_unread/);
  await writeFile(file, 'Subject: Lunch\n\nSoup');
  assert.equal(await runCommand(['self-test', senderId, '--source', file], world), 1);
  assert.equal(await runCommand(['self-test', senderId, '--way', 'pigeon'], world), 2);
});
