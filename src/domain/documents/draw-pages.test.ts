import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import sharp from 'sharp';
import { newId } from '#base/ids';
import { after as later, minute } from '#base/time';
import { inCompany } from '#stores/database';
import { testDocumentStores } from '../../../test/document-stores.ts';
import { plainPdf } from '../../../test/fixtures/documents.ts';
import {
  type Document,
  drawPages,
  drawWaitingPages,
  getDocument,
  getPageImages,
  readPageImage,
  receiveDocument,
} from './index.ts';

const stores = await testDocumentStores();
after(() => stores.close());

const now = new Date('2026-11-22T09:00:00Z');
const by = { actor: 'user', id: null } as const;

async function receive(number: string, extraPages = 0): Promise<Document> {
  const bytes = await plainPdf({ number, extraPages });
  const given = { companyId: newId('company', now), by, fileName: 'a.pdf', bytes };
  const received = await receiveDocument(stores, given, now);
  assert.ok(received.ok);
  return received.document;
}

function look({ companyId, id }: Document) {
  return inCompany(stores.database, companyId, async (tx) => ({
    document: await getDocument(tx, companyId, id),
    images: await getPageImages(tx, companyId, id),
  }));
}

test('every page gets its picture, in the order of the pages', async () => {
  const document = await receive('D-1', 2);
  assert.deepEqual(await drawPages(stores, document.id, now), {
    documentId: document.id,
    companyId: document.companyId,
    images: 'ready',
  });
  const { document: drawn, images } = await look(document);
  assert.equal(drawn?.images, 'ready');
  assert.deepEqual(
    images.map((image) => image.page),
    Array.from({ length: document.pages }, (_, index) => index + 1),
  );
  const first = await sharp(await readPageImage(stores.files, document.companyId, images[0]!)).metadata();
  assert.equal(first.format, 'webp');
  assert.equal(first.width, images[0]?.width);
  assert.equal(await drawPages(stores, document.id, now), null);
});

test('several processes share the waiting documents, and none is drawn twice', async () => {
  const documents = [];
  for (let n = 0; n < 5; n += 1) documents.push(await receive(`S-${n}`));
  const shares = await Promise.all([1, 2, 3].map(() => drawWaitingPages(stores, 10, now)));
  const drawn = shares.flat().map((one) => one.documentId);
  assert.equal(drawn.length, 5);
  assert.deepEqual([...new Set(drawn)].sort(), documents.map((document) => document.id).sort());
  assert.deepEqual(await drawWaitingPages(stores, 10, now), []);
});

test('a PDF whose file is gone or cannot be drawn is marked as failed', async () => {
  const document = await receive('X-1');
  await stores.files.remove(document.companyId, document.pdfSha256);
  assert.equal((await drawPages(stores, document.id, now))?.images, 'failed');
  const { document: seen, images } = await look(document);
  assert.equal(seen?.images, 'failed');
  assert.deepEqual(images, []);
});

test('a drawing whose process died is taken up again, and given up after three tries', async () => {
  const document = await receive('C-1');
  const dying = {
    ...stores,
    files: { ...stores.files, get: () => Promise.reject(new Error('the process died')) },
  };
  let at = now;
  for (let attempt = 0; attempt < 3; attempt += 1) {
    await assert.rejects(drawPages(dying, document.id, at), /died/);
    assert.equal(await drawPages(stores, document.id, at), null, 'taken');
    at = later(at, 6 * minute);
  }
  assert.equal(await drawPages(stores, document.id, at), null);
  assert.equal((await look(document)).document?.images, 'failed');
});
