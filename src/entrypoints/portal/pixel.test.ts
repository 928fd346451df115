import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, test } from 'node:test';
import { linkTokens } from '#domain/tracking';
import { testPortal } from '../../../test/portal.ts';
import { makeAnswerPixel } from './index.ts';

let portal: Awaited<ReturnType<typeof testPortal>>;
before(async () => {
  portal = await testPortal();
});
after(() => portal.close());

test('the pixel is the same bytes for our tokens and for invented ones, and nobody keeps it', async () => {
  const link = await portal.newLink();
  const { page } = linkTokens(portal.deps.linkKey, link.messageId, 1);
  const answers: string[] = [];
  for (const path of [link.pixel, '/o/invented.gif', '/o/x', `/o/${page}.gif`]) {
    const response = await portal.app.request(path);
    assert.equal(response.status, 200);
    assert.match(response.headers.get('cache-control') ?? '', /no-store/);
    assert.equal(response.headers.get('set-cookie'), null);
    answers.push(Buffer.from(await response.arrayBuffer()).toString('hex') + [...response.headers].join());
  }
  assert.equal(new Set(answers).size, 1);
  assert.match(answers[0] ?? '', /^474946383961/); // GIF89a
  assert.equal(await portal.writeDown(), 1);
});

test('each way of loading the image is taken for what it is', async () => {
  const ways = [
    ['Mozilla/5.0', '17.58.1.1', 'machine_only'],
    [
      'Mozilla/5.0 (Windows NT 5.1; rv:11.0) Gecko Firefox/11.0 (via ggpht.com GoogleImageProxy)',
      '66.249.93.1',
      'opened',
    ],
    ['Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Thunderbird/128.3.0', '81.82.83.84', 'opened'],
    [
      'Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Thunderbird/128.3.0',
      '40.107.1.1',
      'machine_only',
    ],
    ['curl/8.5.0', '81.82.83.84', 'machine_only'],
  ] as const;
  for (const [agent, ip, level] of ways) {
    const link = await portal.newLink();
    await portal.app.request(link.pixel, { headers: { 'user-agent': agent, 'x-test-ip': ip } });
    await portal.writeDown();
    assert.equal((await portal.engagement(link.messageId)).level, level, `${agent} ${ip}`);
  }
});

test('the short way to the image gives the same answer and the same hit as the long one, and leaves other requests alone', async () => {
  const answerPixel = makeAnswerPixel(portal.deps);
  const left: string[] = [];
  const server = createServer((request, response) => {
    if (answerPixel(request, response)) return;
    left.push(`${request.method} ${request.url}`);
    response.writeHead(404).end();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const link = await portal.newLink();
  const agent = 'Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Thunderbird/128.3.0';
  const init = { headers: { 'user-agent': agent, 'x-test-ip': '81.82.83.84' } };
  const [short, long] = [await fetch(base + link.pixel, init), await portal.app.request(link.pixel, init)];
  assert.deepEqual(Buffer.from(await short.arrayBuffer()), Buffer.from(await long.arrayBuffer()));
  for (const [name, value] of long.headers) assert.equal(short.headers.get(name), value, name);
  const head = await fetch(`${base}${link.pixel}?x=1`, { ...init, method: 'HEAD' });
  assert.deepEqual([head.status, (await head.arrayBuffer()).byteLength], [200, 0]);
  await portal.writeDown();
  assert.equal((await portal.engagement(link.messageId)).level, 'opened');
  for (const path of ['/o/', '/o/a/b', '/o/%61.gif', '/other', '/o/..%2fx'])
    assert.equal((await fetch(base + path)).status, 404);
  assert.equal((await fetch(`${base}/o/x.gif`, { method: 'POST' })).status, 404);
  assert.equal(left.length, 6);
  server.close();
  server.closeAllConnections();
});
