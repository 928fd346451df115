import assert from 'node:assert/strict';
import { test } from 'node:test';
import sharp from 'sharp';
import { lockedPdf, plainPdf } from '../../../test/fixtures/documents.ts';
import { contentBomb, drawingBomb, manyPages, rawPdf } from '../../../test/fixtures/hostile-pdf.ts';
import { type PageImage, type RenderOptions, renderPages } from './index.ts';

async function render(pdf: Buffer, options: Partial<RenderOptions> = {}) {
  const images: PageImage[] = [];
  const result = await renderPages(pdf, options, async (image) => void images.push(image));
  return { result, images };
}

test('each page becomes a WebP of the asked width, in order, with what stands on it', async () => {
  const { result, images } = await render(await plainPdf({ extraPages: 2 }));
  assert.deepEqual(result, { ok: true, pages: 3, drawn: 3 });
  assert.deepEqual(
    images.map(({ page, width, height }) => [page, width, height]),
    [1, 2, 3].map((page) => [page, 1240, 1754]),
  );
  for (const { webp, width, height } of images) {
    const read = await sharp(webp).metadata();
    assert.deepEqual([read.format, read.width, read.height], ['webp', width, height]);
    const { channels, isOpaque } = await sharp(webp).stats();
    assert.ok(isOpaque && channels[0]!.min < 60 && channels[0]!.max > 250, 'dark text on white');
  }
});

test('only the first pages are drawn when asked so, in the asked width', async () => {
  const { result, images } = await render(await plainPdf({ extraPages: 4 }), { maxPages: 2, widthPx: 300 });
  assert.deepEqual(result, { ok: true, pages: 5, drawn: 2 });
  assert.deepEqual(
    images.map(({ width }) => width),
    [300, 300],
  );
});

test('a page of absurd proportions is drawn within bounds', async () => {
  for (const box of ['0 0 10 14400', '0 0 14400 10', '0 0 0 0']) {
    const page = `<< /Type /Page /Parent 2 0 R /MediaBox [${box}] >>`;
    const pdf = rawPdf([
      '<< /Type /Catalog /Pages 2 0 R >>',
      '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
      page,
    ]);
    const { result, images } = await render(pdf);
    assert.equal(result.ok, true, box);
    assert.ok(
      images[0]!.width <= 1240 && images[0]!.height <= 6200,
      `${images[0]!.width} × ${images[0]!.height}`,
    );
  }
});

test('locked and broken documents are refused', async () => {
  assert.deepEqual((await render(await lockedPdf())).result, { ok: false, reason: 'encrypted' });
  assert.deepEqual((await render(Buffer.from('%PDF-1.7 no'))).result, { ok: false, reason: 'broken_pdf' });
  assert.deepEqual((await render(Buffer.from('GIF89a'))).result, { ok: false, reason: 'unsupported_type' });
});

test('a page that takes for ever is given up after its time, the next document is drawn', async () => {
  const started = performance.now();
  const { result } = await render(drawingBomb(9), { pageTimeLimitMs: 2500 });
  assert.equal(result.ok, false);
  assert.ok(performance.now() - started < 60_000);
  assert.equal(
    (await render(contentBomb(900 * 2 ** 20), { pageTimeLimitMs: 8000 })).images.length <= 1,
    true,
  );
  assert.equal((await render(await plainPdf())).result.ok, true);
});

test('pages come one by one: the next is drawn when the last one was taken', async () => {
  let open = 0;
  let most = 0;
  await renderPages(manyPages(6), { widthPx: 100 }, async () => {
    open += 1;
    most = Math.max(most, open);
    await new Promise((resolve) => setTimeout(resolve, 5));
    open -= 1;
  });
  assert.equal(most, 1);
});

test('what the taker throws comes out, and the thread is free again', async () => {
  const pdf = await plainPdf();
  for (let n = 0; n < 3; n += 1) {
    await assert.rejects(
      renderPages(pdf, {}, async () => {
        throw new Error('disk full');
      }),
      /disk full/,
    );
  }
  assert.equal((await render(pdf)).result.ok, true);
});
