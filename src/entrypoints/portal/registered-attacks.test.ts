import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { pino } from 'pino';
import PostalMime from 'postal-mime';
import { createApiKey, foundCompany } from '#domain/accounts';
import { readEvents } from '#domain/evidence';
import { getDelivery } from '#domain/registered';
import { createSandboxSender } from '#domain/senders';
import { linksOf, linkTokens } from '#domain/tracking';
import { type Loop, startWorker } from '#entrypoints/worker';
import { asWorker, inCompany } from '#stores/database';
import { formOf } from '../../../test/api.ts';
import { visitDelivery } from '../../../test/delivery-visitor.ts';
import { facturxPdf } from '../../../test/fixtures/documents.ts';
import { type TestInstallation, testInstallation, until } from '../../../test/installation.ts';
import { makeWebApp } from '../../roof/web-app.ts';

let installation: TestInstallation;
let app: Awaited<ReturnType<typeof makeWebApp>>;
let worker: Loop;
const logged: string[] = [];

before(async () => {
  installation = await testInstallation();
  const log = pino({ level: 'trace' }, { write: (line: string) => void logged.push(line) });
  app = await makeWebApp({ ...installation, log });
  worker = await startWorker({ ...installation, log });
});
after(async () => {
  await worker.stop();
  await app.close();
  await installation.close();
});

const origin = 'http://localhost:3000';
const ask = (path: string, init: RequestInit = {}) => app.fetch(new Request(`${origin}${path}`, init), {});
const deliveryOf = (id: string) => asWorker(installation.database, (tx) => getDelivery(tx, id));
const eventsOf = (id: string) =>
  asWorker(installation.database, (tx) => readEvents(tx, { kind: 'message', id, limit: 100 }));

interface Waiting {
  readonly id: string;
  readonly address: string;
  readonly documentId: string;
  readonly path: string;
}

async function linkTo(id: string, address: string, documentId: string): Promise<Waiting> {
  const left = async () => (await deliveryOf(id))?.notifiedAt;
  await until('the notice has left', async () => (await left()) !== null, 60_000);
  const [link] = await asWorker(installation.database, (tx) => linksOf(tx, [id]));
  const token = linkTokens(installation.linkKey, id, link?.generation ?? 1).page;
  return { id, address, documentId, path: `/r/${token}` };
}

async function send(address: string): Promise<Waiting> {
  const document = await installation.addInvoice();
  const [message] = await installation.send(document, { to: [address], service: 'registered' });
  assert.ok(message);
  return linkTo(message.id, address, document.id);
}

async function mailsTo(address: string) {
  const { rows } = await installation.database.owner.query<{ raw: Buffer }>(
    'select raw from sandbox_mails where recipient = $1 order by received_at, message_id',
    [address],
  );
  return Promise.all(rows.map(({ raw }) => PostalMime.parse(raw)));
}

const codesTo = async (address: string) =>
  (await mailsTo(address)).flatMap((mail) => /^(\d{8})\s/.exec(mail.text ?? '')?.[1] ?? []);

/** A browser that has shown the code of a delivery, and the code. */
async function verified({ path, address }: Waiting) {
  const visitor = visitDelivery(app, path);
  assert.equal((await visitor.post('code')).status, 303);
  const [code = ''] = await until(
    'the code has come',
    async () => {
      const codes = await codesTo(address);
      return codes.length > 0 && codes;
    },
    60_000,
  );
  assert.equal((await visitor.post('verify', { code })).status, 303);
  return { visitor, code };
}

/** A registered delivery of another company on the same installation. */
async function sendAsAnother(address: string): Promise<Waiting> {
  const { database, clock } = installation;
  const company = { name: 'Atelier', country: 'BE', language: 'en', trackingMode: 'full' } as const;
  const owner = {
    email: 'o@atelier.example',
    password: 'a long enough password',
    firstName: 'O',
    lastName: 'A',
  };
  const founded = await foundCompany(
    database,
    { company: { ...company, trackingBasis: 'other' }, owner },
    clock(),
  );
  assert.ok(founded.ok);
  const { companyId } = founded;
  const key = await inCompany(database, companyId, async (tx) => {
    await createSandboxSender(tx, { companyId, name: 'Atelier', address: 'no-reply@localhost' }, clock());
    return (await createApiKey(tx, { companyId, name: 'ERP', rights: 'all' }, clock())).key;
  });
  const form = new Response(
    formOf(await facturxPdf({ number: 'X-1' }), { dispatch: { to: [address], service: 'registered' } }),
  );
  const headers = {
    authorization: `Bearer ${key}`,
    'content-type': form.headers.get('content-type') ?? '',
  };
  const answer = await ask('/api/v1/dispatches', { method: 'POST', headers, body: await form.arrayBuffer() });
  assert.equal(answer.status, 202);
  const dispatch = (await answer.json()) as { messages: { id: string }[]; documentIds: string[] };
  return linkTo(dispatch.messages[0]?.id ?? '', address, dispatch.documentIds[0] ?? '');
}

describe('a registered delivery', () => {
  test('of one company opens nothing of another, whatever a browser brings along', async () => {
    const mine = await send('mine@crosses.example');
    const theirs = await sendAsAnother('theirs@crosses.example');
    const { visitor, code } = await verified(mine);
    const crossing = theirs.path;
    assert.equal((await visitor.get(`${crossing}/files/${theirs.documentId}`)).status, 303);
    assert.equal((await visitor.get(`${mine.path}/files/${theirs.documentId}`)).status, 303);
    const page = await (await visitor.get(crossing)).text();
    assert.doesNotMatch(page, /I accept the delivery/);
    const csrf = /name="csrf" value="([^"]+)"/.exec(await (await visitor.get()).text())?.[1] ?? '';
    for (const [deed, form] of [
      ['accept', { csrf }],
      ['refuse', { csrf }],
      ['verify', { csrf, code }],
      ['delegate', { csrf, name: 'Eve', address: 'eve@x.example' }],
    ] as const) {
      const body = new URLSearchParams(form).toString();
      const headers = { 'content-type': 'application/x-www-form-urlencoded' };
      const answer = await visitor.get(`${crossing}/${deed}`);
      assert.notEqual(answer.status, 200);
      assert.equal((await ask(`${crossing}/${deed}`, { method: 'POST', headers, body })).status, 422, deed);
    }
    assert.equal((await deliveryOf(theirs.id))?.state, 'waiting');
    const types = (await eventsOf(theirs.id)).map((event) => event.type);
    assert.ok(!types.some((type) => /^(decision|content|code)\./.test(type)), types.join());
  });

  test('takes one answer, however often it is posted, and a code once', async () => {
    const one = await send('again@replays.example');
    const { visitor, code } = await verified(one);
    assert.equal((await visitor.post('verify', { code })).status, 422);
    await Promise.all([visitor.post('accept'), visitor.post('accept'), visitor.post('refuse')]);
    const types = (await eventsOf(one.id)).map((event) => event.type);
    assert.equal(types.filter((type) => type.startsWith('decision.')).length, 1);
  });

  test('is changed by nobody who fetches each address in its mails with GET, HEAD and OPTIONS, as Safe Links and Proofpoint do', async () => {
    const one = await send('safe@links.example');
    await verified(one);
    const before = (await eventsOf(one.id)).length;
    const mails = await mailsTo('safe@links.example');
    const text = mails.map((mail) => `${mail.text ?? ''} ${mail.html ?? ''}`).join(' ');
    const places = [...text.matchAll(/https?:\/\/localhost(?::\d+)?(\/[^\s"'<>)]+)/g)].map(
      (match) => match[1],
    );
    const found = [...new Set(places)].map((place = '') => place.replaceAll('&amp;', '&'));
    assert.ok(found.length > 0, 'the notice has its link');
    const agents = ['Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/120', 'ProofpointURLDefense/1.0'];
    for (const path of found)
      for (const method of ['HEAD', 'GET', 'OPTIONS', 'HEAD'])
        for (const agent of agents) {
          const answer = await ask(path, { method, headers: { 'user-agent': agent } });
          const on = answer.headers.get('location');
          if (on?.startsWith('/')) await ask(on, { method, headers: { 'user-agent': agent } });
        }
    const after = (await eventsOf(one.id)).slice(before).map((event) => event.type);
    assert.deepEqual(
      after.filter((type) => !type.startsWith('visit.')),
      [],
    );
    assert.equal((await deliveryOf(one.id))?.state, 'waiting');
    assert.equal((await codesTo('safe@links.example')).length, 1);
  });

  test('is kept by no cache, framed by nobody, and told to no other site; its cookie is the page’s alone', async () => {
    const one = await send('head@lines.example');
    const { visitor } = await verified(one);
    await visitor.post('accept');
    const answers = [
      await ask(one.path),
      await visitor.get(),
      await visitor.get(`${one.path}/files/${one.documentId}`),
    ];
    for (const { status, headers } of answers) {
      assert.equal(status, 200);
      assert.match(headers.get('cache-control') ?? '', /no-store/);
      assert.match(headers.get('content-security-policy') ?? '', /frame-ancestors 'none'/);
      assert.doesNotMatch(headers.get('content-security-policy') ?? '', /unsafe/);
      assert.equal(headers.get('referrer-policy'), 'no-referrer');
      assert.equal(headers.get('x-content-type-options'), 'nosniff');
      assert.match(headers.get('x-robots-tag') ?? '', /noindex/);
    }
    const lines = (await visitor.post('code')).headers.getSetCookie();
    const cookie = lines.find((one) => !/Max-Age=0/i.test(one)) ?? '';
    assert.match(cookie, /HttpOnly/i);
    assert.match(cookie, /SameSite=(Strict|Lax)/i);
    assert.ok((cookie.split(';')[0]?.split('=')[1]?.length ?? 0) >= 32, 'as hard to guess as the link');
  });

  test('is not told from one that never was: same status, same words', async () => {
    const one = await send('same@words.example');
    const unknown = `${one.path.slice(0, -6)}000000`;
    const closed = await ask(unknown);
    const invented = await ask('/r/never-made-by-anybody');
    assert.deepEqual([closed.status, invented.status], [404, 404]);
    const plain = (html: string) => html.replaceAll(/\/r\/[\w-]+/g, '');
    assert.equal(plain(await closed.text()), plain(await invented.text()));
    const posted = [];
    for (const path of [one.path, '/r/never-made-by-anybody']) {
      const answer = await visitDelivery(app, path).post('code');
      posted.push([answer.status, answer.headers.get('location')?.replace(path, ''), await answer.text()]);
    }
    assert.deepEqual(posted[0], posted[1]);
  });

  test('puts neither code nor link nor address into the log', async () => {
    const codes = (await Promise.all(['mine@crosses.example', 'again@replays.example'].map(codesTo))).flat();
    assert.ok(codes.length >= 2);
    const all = logged.join('\n');
    for (const secret of [...codes, 'mine@crosses.example']) assert.ok(!all.includes(secret), secret);
    assert.doesNotMatch(all, /\/r\/[\w-]{20}/);
  });

  // Last: it uses up what this network may ask for.
  test('mails no more codes to a network that asks too often, whatever links it names', async () => {
    const one = await send('often@asks.example');
    const statuses: number[] = [];
    for (let asked = 0; asked < 62; asked += 1) {
      const name = `made-up-${String(asked).padStart(4, '0')}-abcdefghijklmnop`;
      statuses.push((await ask(`/r/${name}/code`, { method: 'POST' })).status);
    }
    assert.ok(statuses.includes(303));
    assert.notEqual(statuses.at(-1), 303);
    assert.notEqual((await visitDelivery(app, one.path).post('code')).status, 303);
    assert.deepEqual(await codesTo(one.address), []);
  });
});
