import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import pg from 'pg';
import PostalMime from 'postal-mime';
import { minute } from '#base/time';
import { getDelivery } from '#domain/registered';
import { linksOf, linkTokens } from '#domain/tracking';
import { startWorker } from '#entrypoints/worker';
import { asWorker } from '#stores/database';
import { type TestInstallation, testInstallation, until } from '../../../test/installation.ts';
import { makeWebApp } from '../../roof/web-app.ts';

// What can be told apart is told by the answer, or by the work behind it: both are compared, and no clock is.

const clock = { now: Date.parse('2026-11-27T08:00:00Z') };
let installation: TestInstallation;
let app: Awaited<ReturnType<typeof makeWebApp>>;
let statements = 0;
const query = pg.Client.prototype.query;

interface Waiting {
  readonly address: string;
  readonly documentId: string;
  readonly path: string;
  /** The same message under a generation that its link does not have: a link that was taken back. */
  readonly revokedPath: string;
}
let one: Waiting;
let other: Waiting;
let plain: Waiting;
/** Cookies of two browsers that have each asked for a code of `one`, and of one that has shown the code of `other`. */
let mine: string;
let theirs: string;
let shown: string;
/** The code that was mailed for `mine`. */
let code: string;

before(async () => {
  installation = await testInstallation({ clock: () => new Date(clock.now) });
  app = await makeWebApp(installation);
  const worker = await startWorker(installation);
  one = await send('one@waits.example', 'registered');
  other = await send('other@waits.example', 'registered');
  plain = await send('plain@mail.example', 'standard');
  mine = await askCode(one, 1);
  [code = ''] = await codesTo(one.address);
  theirs = await askCode(one, 2);
  const waiting = await askCode(other, 3);
  const [theirCode = ''] = await codesTo(other.address);
  const verified = await post(`${other.path}/verify`, { code: theirCode }, waiting);
  assert.equal(verified.status, 303);
  shown = cookieIn(verified);
  // From here on nobody else asks the database.
  await worker.stop();
  pg.Client.prototype.query = function (this: pg.Client, ...of: unknown[]) {
    statements += 1;
    return (query as (...all: unknown[]) => unknown).apply(this, of);
  } as typeof query;
});
after(async () => {
  pg.Client.prototype.query = query;
  await app.close();
  await installation.close();
});

async function send(address: string, service: 'registered' | 'standard'): Promise<Waiting> {
  const document = await installation.addInvoice();
  const [message] = await installation.send(document, { to: [address], service });
  assert.ok(message);
  const find = () => asWorker(installation.database, (tx) => getDelivery(tx, message.id));
  if (service === 'registered')
    await until('the notice has left', async () => (await find())?.notifiedAt, 60_000);
  const [link] = await asWorker(installation.database, (tx) => linksOf(tx, [message.id]));
  const generation = link?.generation ?? 1;
  const path = (of: number) => `/r/${linkTokens(installation.linkKey, message.id, of).page}`;
  return { address, documentId: document.id, path: path(generation), revokedPath: path(generation + 1) };
}

/** Asks for a code in a new browser, as the nth of this test, and returns the cookie of that browser. */
async function askCode({ path }: Waiting, nth: number): Promise<string> {
  const answer = await post(`${path}/code`);
  assert.equal(answer.status, 303);
  await until(
    'the code has been sent',
    async () => {
      const { rows } = await installation.database.owner.query(
        `select 1 from events where type = 'code.sent'`,
      );
      return rows.length >= nth;
    },
    60_000,
  );
  return cookieIn(answer);
}

async function codesTo(address: string): Promise<string[]> {
  const { rows } = await installation.database.owner.query<{ raw: Buffer }>(
    'select raw from sandbox_mails where recipient = $1 order by received_at, message_id',
    [address],
  );
  const mails = await Promise.all(rows.map(({ raw }) => PostalMime.parse(raw)));
  return mails.flatMap((mail) => /^(\d{8})\s/.exec(mail.text ?? '')?.[1] ?? []);
}

const cookieIn = (answer: Response): string =>
  answer.headers
    .getSetCookie()
    .find((line) => !/Max-Age=0/i.test(line))
    ?.split(';')[0] ?? '';

const ask = async (path: string, init: RequestInit, cookie: string): Promise<Response> =>
  app.fetch(
    new Request(`http://localhost:3000${path}`, { ...init, headers: { ...init.headers, cookie } }),
    {},
  );

const get = (path: string, cookie = '') => ask(path, {}, cookie);

/** Posts a form with the token of the page that this browser sees; `counted` is called when only the post is left to do. */
async function post(
  path: string,
  form: Readonly<Record<string, string>> = {},
  cookie = '',
  counted: () => void = () => undefined,
): Promise<Response> {
  const page = await (await get(`${path.replace(/\/[\w-]+$/, '')}?step=code`, cookie)).text();
  const csrf = /name="csrf" value="([^"]+)"/.exec(page)?.[1] ?? '';
  const body = new URLSearchParams({ csrf, ...form }).toString();
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  counted();
  return ask(path, { method: 'POST', headers, body }, cookie);
}

/** Everything that an answer tells, without what the visitor brought along himself and the names of what was sent to whom. */
async function told(asking: (counted: () => void) => Promise<Response>) {
  statements = 0;
  const answer = await asking(() => {
    statements = 0;
  });
  const counted = statements;
  const plainly = (text: string): string =>
    text
      .replaceAll(/\/r\/[\w-]+/g, '/r/…')
      .replaceAll(/doc_\w+|msg_\w+|2026-\d{4}(?!-)|(one|other)@waits\.example/g, '…')
      .replaceAll(/name="csrf" value="[^"]*"/g, 'name="csrf" value="…"')
      .replaceAll(/\b[0-9a-f]{64}\b/g, 'sha256');
  const headers = [...answer.headers].map(([name, value]) => `${name}: ${plainly(value)}`);
  return { status: answer.status, headers, body: plainly(await answer.text()), statements: counted };
}

type Told = Awaited<ReturnType<typeof told>>;

function assertSame(answers: Readonly<Record<string, Told>>, status: number): void {
  const [first, ...rest] = Object.entries(answers);
  assert.ok(first && rest.length > 0);
  assert.equal(first[1].status, status, first[0]);
  assert.ok(first[1].statements > 0, 'statements are counted');
  for (const [name, answer] of rest) assert.deepEqual(answer, first[1], `${name}, beside ${first[0]}`);
}

/** Links that open nothing, each for a reason of its own. */
const closedPaths = () => ({
  invented: '/r/never-made-by-anybody',
  'with a made-up authenticator': `${one.path.slice(0, -6)}000000`,
  'taken back': one.revokedPath,
  'of a plain mail': plain.path,
});

describe('a link that opens nothing is answered the same, whatever the reason', () => {
  test('on its page, at a file, and to a code or an answer that is posted', async () => {
    const asks: Record<string, (path: string, counted: () => void) => Promise<Response>> = {
      page: (path) => get(path),
      step: (path) => get(`${path}?step=code`, mine),
      file: (path) => get(`${path}/files/${one.documentId}`),
      verify: (path, counted) => post(`${path}/verify`, { code }, mine, counted),
      accept: (path, counted) => post(`${path}/accept`, {}, shown, counted),
      refuse: (path, counted) => post(`${path}/refuse`, {}, shown, counted),
      delegate: (path, counted) =>
        post(`${path}/delegate`, { name: 'Eve', address: 'eve@x.example' }, shown, counted),
      back: (path, counted) => post(`${path}/take-back`, { delegate: 'msg_1' }, shown, counted),
    };
    for (const asked of Object.values(asks)) {
      const answers: Record<string, Told> = {};
      for (const [name, path] of Object.entries(closedPaths()))
        answers[name] = await told((counted) => asked(path, counted));
      assertSame(answers, 404);
    }
  });

  test('also where the page of a plain mail would be', async () => {
    const answers: Omit<Told, 'statements'>[] = [];
    for (const path of ['/r/never-made-by-anybody', plain.revokedPath, `${plain.path.slice(0, -6)}000000`]) {
      const { statements: _, ...seen } = await told(() => get(path.replace('/r/', '/d/')));
      answers.push({ ...seen, body: seen.body.replaceAll(/\/d\/[\w-]+/g, '/d/…') });
    }
    for (const answer of answers) assert.deepEqual(answer, answers[0]);
    assert.equal(answers[0]?.status, 404);
  });
});

describe('who has not shown the code of a delivery is answered the same, whatever he brings', () => {
  test('to an answer, and at a file that is there or is not', async () => {
    const accept = (cookie: string) => told((counted) => post(`${one.path}/accept`, {}, cookie, counted));
    assertSame(
      {
        'a code that was asked for': await accept(mine),
        'the code of another delivery': await accept(shown),
        'an invented session': await accept('envoi_delivery=never-made-by-anybody'),
      },
      422,
    );
    const file = (id: string, cookie: string) => told(() => get(`${one.path}/files/${id}`, cookie));
    assertSame(
      {
        'its own': await file(one.documentId, mine),
        'of another delivery': await file(other.documentId, shown),
        invented: await file('doc_00000000000000000000000000', ''),
      },
      303,
    );
  });

  test('to a code: wrong, of another browser, of another delivery, never asked for, too late, tried too often', async () => {
    const wrong = code === '00000000' ? '00000001' : '00000000';
    const verify = ({ path }: Waiting, typed: string, cookie: string) =>
      told((counted) => post(`${path}/verify`, { code: typed }, cookie, counted));
    const answers: Record<string, Told> = {
      wrong: await verify(one, wrong, mine),
      'of another browser': await verify(one, code, theirs),
      'of another delivery': await verify(one, code, shown),
      'never asked for': await verify(one, code, 'envoi_delivery=never-made-by-anybody'),
    };
    for (let n = 0; n < 4; n += 1) await verify(one, wrong, theirs);
    answers['tried too often'] = await verify(one, wrong, theirs);
    clock.now += 11 * minute;
    answers['too late'] = await verify(one, code, mine);
    assertSame(answers, 422);
  });
});
