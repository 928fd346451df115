import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import sharp from 'sharp';
import { newId } from '#base/ids';
import { inCompany } from '#stores/database';
import { testDocumentStores } from '../../../test/document-stores.ts';
import { getExtraFiles, storeExtraFile } from './index.ts';
import { safeMediaType } from './media-type.ts';

const stores = await testDocumentStores();
after(() => stores.close());

const now = new Date('2026-11-22T09:00:00Z');

test('a file is kept under a safe name and found again by its company only', async () => {
  const companyId = newId('company', now);
  const bytes = Buffer.from('general terms\n');
  const stored = await storeExtraFile(stores, { companyId, fileName: 'terms/2026.txt', bytes }, now);
  assert.ok(stored.ok);
  assert.equal(stored.file.fileName, 'terms-2026.txt');
  assert.equal(stored.file.mediaType, 'text/plain');
  assert.equal(stored.file.bytes, bytes.length);
  const found = await inCompany(stores.database, companyId, (tx) =>
    getExtraFiles(tx, companyId, ['fil_none', stored.file.id]),
  );
  assert.deepEqual(found, [stored.file]);
  const other = newId('company', now);
  assert.deepEqual(
    await inCompany(stores.database, other, (tx) => getExtraFiles(tx, companyId, [stored.file.id])),
    [],
  );
});

test('empty files, too large ones and programs are refused', async () => {
  const companyId = newId('company', now);
  const small = { ...stores, limits: { ...stores.limits, extraFileBytes: 10 } };
  const refused: [string, Buffer, string][] = [
    ['a.pdf', Buffer.alloc(0), 'empty'],
    ['a.pdf', Buffer.alloc(11), 'too_big'],
    ['a.pdf.exe', Buffer.from('x'), 'forbidden_type'],
    ['a.JS', Buffer.from('x'), 'forbidden_type'],
    ['photo.jpg', Buffer.from('MZ\x90\0'), 'forbidden_type'],
    ['script.exe ', Buffer.from('x'), 'forbidden_type'],
  ];
  for (const [fileName, bytes, reason] of refused)
    assert.deepEqual(await storeExtraFile(small, { companyId, fileName, bytes }, now), { ok: false, reason });
  assert.equal((await stores.files.usage(companyId)).files, 0);
});

test('the media type follows the bytes, and nothing is ever HTML', async () => {
  const png = await sharp({ create: { width: 2, height: 2, channels: 3, background: 'red' } })
    .png()
    .toBuffer();
  const webp = await sharp(png).webp().toBuffer();
  const known: [string, Buffer, string][] = [
    ['plan.txt', png, 'image/png'],
    ['plan.webp', webp, 'image/webp'],
    ['terms.pdf', Buffer.from('%PDF-1.7'), 'application/pdf'],
    ['terms.pdf', Buffer.from('no pdf'), 'application/octet-stream'],
    [
      'list.xlsx',
      Buffer.from('PK\x03\x04…'),
      'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    ],
    ['list.zip', Buffer.from('PK\x03\x04…'), 'application/zip'],
    ['list.csv', Buffer.from('a;b\n'), 'text/csv'],
    ['list.csv', Buffer.from([0xff, 0xfe, 0]), 'application/octet-stream'],
    ['page.html', Buffer.from('<script>alert(1)</script>'), 'application/octet-stream'],
    ['page.svg', Buffer.from('<svg onload="alert(1)"/>'), 'application/octet-stream'],
  ];
  for (const [name, bytes, mediaType] of known) assert.equal(safeMediaType(name, bytes), mediaType, name);
});
