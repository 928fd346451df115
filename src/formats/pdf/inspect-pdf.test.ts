import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import { facturxPdf, lockedPdf, plainPdf } from '../../../test/fixtures/documents.ts';
import { attachmentBomb, contentBomb, manyPages, pageTreeBomb } from '../../../test/fixtures/hostile-pdf.ts';
import { inspectPdf } from './index.ts';

test('a PDF tells its pages, its attached files and its text as it stands on the page', async () => {
  const found = await inspectPdf(await facturxPdf({ number: 'F-77' }));
  assert.ok(found.ok);
  assert.equal(found.pages, 1);
  assert.deepEqual(
    found.attachments.map(({ name, bytes }) => [name, bytes?.subarray(0, 5).toString()]),
    [['factur-x.xml', '<?xml']],
  );
  assert.match(found.text, /^Invoice number: F-77$/m);
  assert.equal(found.isProtected, false);
});

test('a PDF that needs a password is refused, one that only forbids copying is read', async () => {
  assert.deepEqual(await inspectPdf(await lockedPdf()), { ok: false, reason: 'encrypted' });
  const restricted = withQpdf(await plainPdf(), ['--encrypt', '', 'owner', '256', '--extract=n', '--']);
  const found = restricted && (await inspectPdf(restricted));
  if (found) assert.ok(found.ok && found.isProtected && found.text.includes('INV-2026-0147'));
});

test('what is empty, too large, no PDF or damaged is refused by its reason', async () => {
  const pdf = await plainPdf();
  const zip = Buffer.from('504b0304140000000800', 'hex');
  assert.deepEqual(await inspectPdf(Buffer.alloc(0)), { ok: false, reason: 'empty' });
  assert.deepEqual(await inspectPdf(pdf, { maxBytes: 100 }), { ok: false, reason: 'too_big' });
  assert.deepEqual(await inspectPdf(zip), { ok: false, reason: 'unsupported_type' });
  assert.deepEqual(await inspectPdf(Buffer.from('%PDF-1.7\nnothing else')), {
    ok: false,
    reason: 'broken_pdf',
  });
});

test('too many pages are refused, whether they are there or multiply by reference', async () => {
  assert.deepEqual(await inspectPdf(manyPages(10_000)), { ok: false, reason: 'too_many_pages' });
  assert.deepEqual(await inspectPdf(pageTreeBomb(30)), { ok: false, reason: 'too_many_pages' });
  const three = await inspectPdf(await plainPdf({ extraPages: 2 }), { maxPages: 3 });
  assert.equal(three.ok && three.pages, 3);
});

test('streams that unpack to gigabytes end as a refusal, without the memory', async () => {
  const before = process.memoryUsage().rss;
  for (const pdf of [attachmentBomb(600 * 2 ** 20), contentBomb(600 * 2 ** 20)]) {
    assert.ok(pdf.length < 100_000);
    const found = await inspectPdf(pdf, { timeLimitMs: 6000 });
    if (found.ok)
      assert.deepEqual(
        found.attachments.filter(({ bytes }) => bytes),
        [],
      );
    else assert.ok(['too_big', 'took_too_long', 'broken_pdf'].includes(found.reason), found.reason);
  }
  const grownMb = (process.memoryUsage().rss - before) / 2 ** 20;
  assert.ok(grownMb < 900, `${grownMb} MB more`);
});

test('a document that takes too long is given up, and the next one is read', async () => {
  assert.deepEqual(await inspectPdf(contentBomb(100 * 2 ** 20), { timeLimitMs: 400 }), {
    ok: false,
    reason: 'took_too_long',
  });
  assert.equal((await inspectPdf(await plainPdf())).ok, true);
});

test('no bytes throw or hang: noise behind a PDF header, cut and flipped documents', async () => {
  const whole = await facturxPdf();
  const noise = fc
    .uint8Array({ maxLength: 400 })
    .map((bytes) => Buffer.concat([Buffer.from('%PDF-1.4\n'), bytes]));
  const cut = fc.nat(whole.length).map((end) => whole.subarray(0, end));
  const flips = fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { minLength: 1, maxLength: 20 });
  const flipped = flips.map((changes) => {
    const copy = Buffer.from(whole);
    for (const [at, value] of changes) copy[at] = value;
    return copy;
  });
  await fc.assert(
    fc.asyncProperty(fc.oneof(noise, cut, flipped), async (bytes) => {
      assert.equal(typeof (await inspectPdf(bytes)).ok, 'boolean');
    }),
    { numRuns: 60 },
  );
});

/** Runs qpdf over the bytes, or returns null where it is not installed. */
function withQpdf(pdf: Buffer, options: readonly string[]): Buffer | null {
  const folder = mkdtempSync(join(tmpdir(), 'envoi-qpdf-'));
  try {
    writeFileSync(join(folder, 'in.pdf'), pdf);
    execFileSync('qpdf', [...options, join(folder, 'in.pdf'), join(folder, 'out.pdf')]);
    return readFileSync(join(folder, 'out.pdf'));
  } catch {
    return null;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
