import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { type Cell, writeWorkbook } from './index.ts';

const columns = [
  { title: 'When', width: 16 },
  { title: 'What', width: 30 },
];

async function write(
  rows: readonly (readonly Cell[])[],
  rowsPerSheet?: number,
): Promise<Map<string, string>> {
  const pieces = (async function* () {
    yield rows;
  })();
  const chunks: Buffer[] = [];
  for await (const chunk of writeWorkbook({ name: 'Mails', columns, rows: pieces }, rowsPerSheet))
    chunks.push(Buffer.from(chunk as Uint8Array));
  return unzip(Buffer.concat(chunks));
}

/** The files of an archive by the entries of its central directory (APPNOTE 4.3.12). */
function unzip(bytes: Buffer): Map<string, string> {
  const files = new Map<string, string>();
  for (
    let at = bytes.indexOf('PK\x01\x02', 0, 'latin1');
    at >= 0;
    at = bytes.indexOf('PK\x01\x02', at + 4, 'latin1')
  ) {
    const name = bytes.toString('utf8', at + 46, at + 46 + bytes.readUInt16LE(at + 28));
    const local = bytes.readUInt32LE(at + 42);
    const start = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
    files.set(name, inflateRawSync(bytes.subarray(start, start + bytes.readUInt32LE(at + 20))).toString());
  }
  return files;
}

test('a workbook holds its rows: texts as texts, numbers as numbers, times as days', async () => {
  const files = await write([
    [{ clock: '2026-11-19T12:00:00' }, '=1+1 & <b>'],
    [3, null],
  ]);
  const sheet = files.get('xl/worksheets/sheet1.xml') ?? '';
  assert.match(sheet, /<c r="[A-Z]+\d+" s="1"><v>46345.5<\/v><\/c>/);
  assert.match(
    sheet,
    /<c r="[A-Z]+\d+" t="inlineStr"><is><t xml:space="preserve">=1\+1 &amp; &lt;b&gt;<\/t>/,
  );
  assert.ok(!sheet.includes('<f>'));
  assert.match(sheet, /<c r="[A-Z]+\d+"><v>3<\/v><\/c><c r="[A-Z]+\d+"\/>/);
  for (const [name, text] of files) assert.equal(XMLValidator.validate(text), true, name);
});

test('what does not fit on one sheet goes on in the next', async () => {
  const files = await write([['a'], ['b'], ['c'], ['d'], ['e']], 3);
  const rowsOf = (n: number) => files.get(`xl/worksheets/sheet${n}.xml`)?.match(/<row /g)?.length;
  assert.deepEqual([rowsOf(1), rowsOf(2), rowsOf(3), rowsOf(4)], [3, 3, 2, undefined]);
  assert.match(files.get('xl/workbook.xml') ?? '', /name="Mails 3"/);
});

test('a table without rows is a sheet with its head', async () => {
  assert.match((await write([])).get('xl/worksheets/sheet1.xml') ?? '', /When/);
});

test('any text comes out as it went in, but for what XML cannot hold', async () => {
  const parser = new XMLParser({ trimValues: false, parseTagValue: false, ignoreAttributes: true });
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: 'binary', minLength: 1, maxLength: 200 }), async (text) => {
      const sheet = (await write([[`x${text}`, 1]])).get('xl/worksheets/sheet1.xml') ?? '';
      assert.equal(XMLValidator.validate(sheet), true);
      const read = parser.parse(sheet).worksheet.sheetData.row[1].c[0].is.t;
      const kept = `x${text}`.replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '');
      assert.equal(read.replace(/\r\n?/g, '\n'), kept.replace(/\r\n?/g, '\n'));
    }),
    { numRuns: 40 },
  );
});

test('reading that fails ends the stream with its error', async () => {
  const rows = (async function* (): AsyncGenerator<Cell[][]> {
    yield [['a']];
    throw new Error('the database is away');
  })();
  const out = writeWorkbook({ name: 'x', columns, rows });
  await assert.rejects(async () => {
    for await (const _ of out);
  }, /away/);
});
