import assert from 'node:assert/strict';
import { test } from 'node:test';
import PDFDocument from 'pdfkit';
import { facturxPdf, lockedPdf, plainPdf } from '../../../test/fixtures/documents.ts';
import { inspectPdf, joinPdfs } from './index.ts';

const options = {
  title: 'Documents',
  language: 'en',
  date: new Date('2026-11-20T00:00:00Z'),
  losing: false,
} as const;

/** A PDF with so many pages, each saying its number. */
function pages(count: number, words: string): Promise<Buffer> {
  const document = new PDFDocument();
  const parts: Buffer[] = [];
  document.on('data', (part: Buffer) => parts.push(part));
  document.text(`${words} 1`);
  for (let page = 2; page <= count; page += 1) document.addPage().text(`${words} ${page}`);
  document.end();
  return new Promise((resolve) => document.on('end', () => resolve(Buffer.concat(parts))));
}

const read = async (bytes: Buffer | null) => {
  assert.ok(bytes);
  const inspected = await inspectPdf(bytes, { timeLimitMs: 120_000 });
  assert.ok(inspected.ok);
  return inspected;
};

test('parts follow each other page by page, each with its bookmark', async () => {
  const parts = [
    { title: 'Invoice 2026-0001 – Brötchen', bytes: await pages(2, 'first') },
    { title: 'Invoice 2026-0002', bytes: await pages(1, 'second') },
  ];
  const { bytes, apart } = await joinPdfs(parts, options);
  assert.deepEqual(apart, []);
  const whole = await read(bytes);
  assert.equal(whole.pages, 3);
  assert.match(whole.text, /first 1[\s\S]*first 2[\s\S]*second 1/);
  const { getDocument } = await import('pdfjs-dist/legacy/build/pdf.mjs');
  const opened = await getDocument({ data: Uint8Array.from(bytes ?? []), verbosity: 0 }).promise;
  const outline = await opened.getOutline();
  assert.deepEqual(
    outline.map((one) => one.title),
    parts.map((one) => one.title),
  );
  const targets = outline.map((one) =>
    opened.getPageIndex((one.dest as { num: number; gen: number }[])[0] as never),
  );
  assert.deepEqual(await Promise.all(targets), [0, 2]);
  await opened.destroy();
});

test('what carries data stays apart, unless its loss is accepted', async () => {
  const parts = [
    { title: 'a', bytes: await pages(1, 'a') },
    { title: 'x', bytes: await facturxPdf({ number: '2026-0003' }) },
    { title: 'b', bytes: await pages(1, 'b') },
  ];
  const careful = await joinPdfs(parts, options);
  assert.deepEqual(careful.apart, [{ part: 1, reason: 'carries_files' }]);
  assert.equal((await read(careful.bytes)).pages, 2);
  const losing = await joinPdfs(parts, { ...options, losing: true });
  assert.deepEqual(losing.apart, []);
  const whole = await read(losing.bytes);
  assert.equal(whole.pages, 3);
  assert.deepEqual(whole.attachments, []);
});

test('a signed one stays apart, unless its loss is accepted', async () => {
  const plain = await pages(1, 'signed');
  const signed = Buffer.concat([plain, Buffer.from('\n% /ByteRange [0 1 2 3]\n')]);
  const parts = [plain, signed, plain].map((bytes, at) => ({ title: String(at), bytes }));
  assert.deepEqual((await joinPdfs(parts, options)).apart, [{ part: 1, reason: 'signed' }]);
});

test('what is protected, broken or no PDF stays apart with its reason, and the others are joined', async () => {
  const good = await pages(1, 'good');
  const parts = [good, await lockedPdf(), good, Buffer.from('%PDF-1.7 nothing'), Buffer.from('hello')].map(
    (bytes, at) => ({ title: String(at), bytes }),
  );
  const { bytes, apart } = await joinPdfs(parts, options);
  assert.equal((await read(bytes)).pages, 2);
  assert.deepEqual(
    apart.map((one) => [one.part, one.reason]),
    [
      [1, 'encrypted'],
      [3, 'broken_pdf'],
      [4, 'broken_pdf'],
    ],
  );
});

test('one alone is not joined, and too much stays apart', async () => {
  const one = { title: 'one', bytes: await plainPdf() };
  assert.equal((await joinPdfs([one], options)).bytes, null);
  const big = { title: 'big', bytes: Buffer.concat([await pages(1, 'big'), Buffer.alloc(26 * 2 ** 20)]) };
  assert.deepEqual((await joinPdfs([one, big], options)).apart, [
    { part: 0, reason: 'too_big' },
    { part: 1, reason: 'too_big' },
  ]);
});

test('whatever bytes come, the answer is one file that opens, or the reason of each', async () => {
  const good = await pages(2, 'good');
  for (let seed = 1; seed <= 12; seed += 1) {
    const hurt = Buffer.from(good);
    for (let n = 0; n < 30; n += 1) {
      const at = (seed * 79_190_009 + n * 104_729) % hurt.length;
      hurt[at] = ((hurt[at] ?? 0) + 1 + ((seed * 31 + n) % 254)) % 256;
    }
    const parts = [good, hurt, good].map((bytes, at) => ({ title: String(at), bytes }));
    const { bytes, apart } = await joinPdfs(parts, options);
    assert.ok(bytes !== null || apart.length >= 2);
    if (bytes) assert.ok((await read(bytes)).pages >= 4);
  }
});
