import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import { openPaper } from '#formats/pdf';
import {
  askTimeStamp,
  makeRoot,
  makeSeal,
  rangePlace,
  type Signer,
  sealBytes,
  sealPdf,
} from '#formats/signature';
import { hasProgram } from '../../../test/has-program.ts';
import { startTimeStamps, type TestStamps } from '../../../test/servers/time-stamp.ts';
import { withPlaceForSeal, withWords } from '../../../test/sign-again.ts';
import { skipLoudly } from '../../../test/skip.ts';
import { checkPdfSeal, checkPdfSignatures, SignatureBroken } from './index.ts';

const from = new Date(Date.now() - 60_000);
const wish = (commonName: string) => ({
  ...{ commonName, organization: 'Test', from },
  until: new Date(from.getTime() + 9e10),
});
const root = makeRoot(wish('Root'));
const signerNamed = (name: string): Signer => ({
  ...makeSeal(root, wish('Root'), wish(name)),
  chain: [root.certificate],
});

let stamps: TestStamps;
let once: Buffer;
let twice: Buffer;

before(async () => {
  stamps = await startTimeStamps();
  const paper = openPaper({
    ...{ title: 'Receipt', language: 'en', date: from, foot: 'Test', attachments: [] },
    seal: { range: rangePlace, bytes: sealBytes },
  });
  paper.paragraph('Accepted by Anna.');
  once = await sealPdf(await paper.finish(), signerNamed('First'), null);
  twice = await sealPdf(await withPlaceForSeal(once), signerNamed('Second'), null);
});
after(() => stamps.close());

const namesIn = async (pdf: Uint8Array) => (await checkPdfSignatures(pdf)).all.map((one) => one.signer.name);
const refuses = (pdf: Uint8Array, why: RegExp) =>
  assert.rejects(checkPdfSignatures(pdf), (error) => {
    assert.ok(error instanceof SignatureBroken);
    assert.match(error.message, why);
    return true;
  });

test('each of several signatures is checked over its own range, and each signer named, first to last', async () => {
  const { all, signedBytes } = await checkPdfSignatures(twice);
  assert.deepEqual(
    all.map((one) => [one.kind, one.signer.name, one.end]),
    [
      ['signature', 'First', once.length],
      ['signature', 'Second', twice.length],
    ],
  );
  assert.equal(signedBytes, twice.length);
  const thrice = await sealPdf(await withPlaceForSeal(twice), signerNamed('Third'), null);
  assert.deepEqual(await namesIn(thrice), ['First', 'Second', 'Third']);
});

test('poppler finds the same signatures, all of them holding', async (t) => {
  if (!hasProgram('pdfsig')) return skipLoudly(t, 'pdfsig');
  const folder = await mkdtemp(join(tmpdir(), 'envoi-signatures-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  await writeFile(join(folder, 'twice.pdf'), twice);
  const { stdout } = await promisify(execFile)('pdfsig', ['-nocert', join(folder, 'twice.pdf')]);
  assert.equal(stdout.match(/Signature is Valid/g)?.length, 2, stdout);
  assert.deepEqual(stdout.match(/Common Name: \w+/g), ['Common Name: First', 'Common Name: Second']);
});

test('what came after the last signature is said, and a seal must leave nothing uncovered', async () => {
  const later = Buffer.concat([once, Buffer.from('\n% a line more\n%%EOF\n')]);
  assert.equal((await checkPdfSignatures(later)).signedBytes, once.length);
  await assert.rejects(checkPdfSeal(later), /does not cover the whole PDF/);
  await assert.rejects(checkPdfSeal(twice), /more than one seal/);
  assert.equal((await checkPdfSeal(once)).signer.name, 'First');
});

test('a time stamp of the document is checked, and counts as no signature of its content', async () => {
  const stamped = await stampPdf(
    await withPlaceForSeal(await withWords(once, 'Refused by Anna.'), 'ETSI.RFC3161'),
  );
  const { all, signedBytes } = await checkPdfSignatures(stamped);
  assert.deepEqual(
    all.map((one) => one.kind),
    ['signature', 'stamp'],
  );
  assert.equal(signedBytes, once.length, 'a stamp does not vouch for what it stamps');
});

test('a byte that is another breaks it, and the signature is named', async () => {
  const firstPart = Buffer.from(twice);
  firstPart.writeUInt8(firstPart.readUInt8(once.length - 3) ^ 1, once.length - 3);
  await refuses(firstPart, /^Signature 1 of 2: /);
  const secondPart = Buffer.from(twice);
  secondPart.writeUInt8(secondPart.readUInt8(once.length + 3) ^ 1, once.length + 3);
  await refuses(secondPart, /^Signature 2 of 2: |no seal|cover/);
});

test('wherever a byte is another, nothing more is taken for signed than before', async () => {
  // A step without a divisor in common with the layout: all parts of the file are met.
  for (let at = 7; at < twice.length; at += 997) {
    const changed = Buffer.from(twice);
    changed.writeUInt8(changed.readUInt8(at) ^ 0x04, at);
    const found = await checkPdfSignatures(changed).catch((error: unknown) => {
      assert.ok(error instanceof SignatureBroken, `byte ${at}: ${String(error)}`);
      return null;
    });
    // A range whose name is broken is not found any more: then the part of that signature counts as unsigned.
    if (found) assert.ok(found.signedBytes < twice.length && at >= found.signedBytes, `byte ${at}`);
  }
});

test('ranges that are written where they do not belong are refused', async () => {
  const range = /\/ByteRange \[[^\]]+\]/.exec(once.toString('latin1'))?.[0] ?? '';
  await refuses(Buffer.concat([once, Buffer.from(`\n${range}\n`)]), /does not cover what it should/);
  await refuses(Buffer.from('%PDF-1.7\n/ByteRange [0 4 8 1]'), /does not cover what it should/);
  await refuses(Buffer.from('%PDF-1.7 nothing'), /no seal/);
});

/** Stamps a PDF with a place for a seal: the token stands where a signature would. */
async function stampPdf(place: Buffer): Promise<Buffer> {
  const start = place.indexOf(`<${'0'.repeat(2 * sealBytes)}>`, 0, 'latin1');
  const end = start + 2 * sealBytes + 2;
  const stamped = Buffer.from(place);
  const at = stamped.indexOf(`[${rangePlace.join(' ')}]`, 0, 'latin1');
  const filled = `[0 ${start} ${end} ${stamped.length - end}`;
  stamped.write(`${filled.padEnd(rangePlace.join(' ').length + 1)}]`, at, 'latin1');
  const digest = createHash('sha256')
    .update(stamped.subarray(0, start))
    .update(stamped.subarray(end))
    .digest();
  const token = await askTimeStamp(stamps.url, digest, { fetch, timeoutMs: 20_000 });
  stamped.write(Buffer.from(token).toString('hex'), start + 1, 'latin1');
  return stamped;
}
