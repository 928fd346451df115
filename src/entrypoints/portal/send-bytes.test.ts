import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { Hono } from 'hono';
import { contentDisposition, sendFile, wantedPart } from './send-bytes.ts';

const bytes = Buffer.from('0123456789');
const app = new Hono();
app.get('/f', (c) => sendFile(c, { bytes, mediaType: 'application/pdf', fileName: 'Facture n° 1 "a".pdf' }));
const ask = (range?: string, method = 'GET') =>
  app.request('/f', { method, headers: range ? { range } : {} });

test('a range is answered with exactly that part', async () => {
  for (const [range, expected] of [
    ['bytes=0-3', '0123'],
    ['bytes=7-', '789'],
    ['bytes=-2', '89'],
    ['bytes=2-99', '23456789'],
    ['bytes=-99', '0123456789'],
  ] as const) {
    const response = await ask(range);
    assert.deepEqual([response.status, await response.text()], [206, expected], range);
  }
  assert.equal((await ask('bytes=2-4')).headers.get('content-range'), 'bytes 2-4/10');
});

test('a range that is none is passed over, one beyond the end is refused', async () => {
  for (const range of ['bytes=0-1,4-5', 'lines=1-2', 'bytes=-', 'bytes=5-2', 'x'])
    assert.equal((await ask(range)).status, 200, range);
  for (const range of ['bytes=10-', 'bytes=99-100', 'bytes=-0']) {
    const response = await ask(range);
    assert.deepEqual([response.status, response.headers.get('content-range')], [416, 'bytes */10'], range);
  }
});

test('HEAD gets the headers alone', async () => {
  const response = await ask(undefined, 'HEAD');
  assert.deepEqual([response.headers.get('content-length'), await response.text()], ['10', '']);
});

test('whatever the header says, the part lies within the file', () => {
  fc.assert(
    fc.property(
      fc.oneof(fc.string(), fc.stringMatching(/^bytes=\d{0,20}-\d{0,20}$/)),
      fc.nat(1000),
      (range, size) => {
        const wanted = wantedPart(range, size);
        if (wanted.kind === 'part')
          assert.ok(wanted.from >= 0 && wanted.from <= wanted.to && wanted.to < size, JSON.stringify(wanted));
      },
    ),
  );
});

test('no file name breaks out of its header, and the true one can be read back', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', minLength: 1 }), (name) => {
      const header = contentDisposition(name);
      assert.match(header, /^attachment; filename="[^"\\]*"; filename\*=UTF-8''[\w.!~%&+$^`|#-]*$/);
      const encoded = header.slice(header.lastIndexOf("''") + 2);
      assert.equal(decodeURIComponent(encoded), Buffer.from(name).toString());
      new Headers({ 'Content-Disposition': header });
    }),
  );
});
