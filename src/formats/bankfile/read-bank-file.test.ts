import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { maximumBankFileBytes, readBankFile } from './index.ts';

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

async function entriesOf(text: string | Uint8Array) {
  const read = await readBankFile(typeof text === 'string' ? bytesOf(text) : text);
  assert.ok(read.ok, JSON.stringify(read));
  return read.file;
}

const camt = (bookings: string): string => `<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt><GrpHdr><MsgId>1</MsgId></GrpHdr>
<Stmt><Id>1</Id><Acct><Id><IBAN>BE68539007547034</IBAN></Id></Acct>${bookings}</Stmt></BkToCstmrStmt></Document>`;

const booking = (inside: string, sign = 'CRDT', status = '<Sts><Cd>BOOK</Cd></Sts>'): string =>
  `<Ntry><Amt Ccy="EUR">1284.00</Amt><CdtDbtInd>${sign}</CdtDbtInd>${status}<BookgDt><Dt>2026-11-12</Dt></BookgDt>${inside}</Ntry>`;

test('a credit of a statement has its day, amount, payer and what the payer wrote', async () => {
  const file = await entriesOf(
    camt(
      booking(`<AcctSvcrRef>B-1</AcctSvcrRef><NtryDtls><TxDtls><RltdPties><Dbtr><Pty><Nm>Bakkerij Peeters &amp; Zn</Nm></Pty></Dbtr></RltdPties>
      <RmtInf><Ustrd>factuur 2026-0318</Ustrd><Strd><CdtrRefInf><Ref>RF18539007547034</Ref></CdtrRefInf></Strd></RmtInf></TxDtls></NtryDtls>`),
    ),
  );
  assert.equal(file.account, 'BE68539007547034');
  assert.deepEqual(file.entries, [
    {
      bookedOn: '2026-11-12',
      amount: '1284.00',
      currency: 'EUR',
      name: 'Bakkerij Peeters & Zn',
      text: 'factuur 2026-0318 RF18539007547034',
      bankReference: 'B-1',
    },
  ]);
});

test('debits, reversals and bookings that are only announced do not count as money that came in', async () => {
  const file = await entriesOf(
    camt(
      booking('', 'DBIT') +
        booking('<RvslInd>true</RvslInd>') +
        booking('', 'CRDT', '<Sts>PDNG</Sts>') +
        booking('', 'CRDT', '<Sts>BOOK</Sts>'),
    ),
  );
  assert.deepEqual([file.entries.length, file.outgoing], [1, 3]);
});

test('a batch booking counts once per transaction, each with its own amount', async () => {
  const one = (amount: string, name: string): string =>
    `<TxDtls><Amt Ccy="EUR">${amount}</Amt><RltdPties><Dbtr><Nm>${name}</Nm></Dbtr></RltdPties></TxDtls>`;
  const file = await entriesOf(
    camt(booking(`<NtryDtls>${one('1000.00', 'Oost')}${one('284.00', 'West')}</NtryDtls>`)),
  );
  assert.deepEqual(
    file.entries.map(({ name, amount }) => [name, amount]),
    [
      ['Oost', '1000.00'],
      ['West', '284.00'],
    ],
  );
});

test('a document type is refused, and so is XML that is no statement', async () => {
  const unsafe = camt('').replace('?>', '?><!DOCTYPE x [<!ENTITY a "b">]>');
  assert.deepEqual(await readBankFile(bytesOf(unsafe)), { ok: false, reason: 'unsafe_xml' });
  assert.deepEqual(await readBankFile(bytesOf('<Invoice/>')), { ok: false, reason: 'no_statement' });
});

test('tables of banks are read in their own languages, signs and delimiters', async () => {
  const tables: readonly (readonly [string, string])[] = [
    [
      'Buchungstag;Valutadatum;Beguenstigter/Zahlungspflichtiger;Verwendungszweck;Betrag;Waehrung\n12.11.26;12.11.26;Peeters;Rechnung 2026-0318;1.284,00;EUR\n13.11.26;13.11.26;Miete;November;-900,00;EUR',
      'de',
    ],
    [
      'Date,Description,Paid in,Paid out\n12/11/2026,Peeters 2026-0318,"1,284.00",\n13/11/2026,Rent,,900.00',
      'en',
    ],
    ['Date\tLibellé\tMontant\n2026-11-12\tPeeters 2026-0318\t1 284,00\n2026-11-13\tLoyer\t-900,00', 'fr'],
    [
      'Conto: IT60X0542811101000000123456\n\nData contabile;Causale;Dare;Avere\n12/11/2026;Peeters 2026-0318;;1.284,00\n13/11/2026;Affitto;900,00;',
      'it',
    ],
    [
      'Datum;Omschrijving;Bedrag;Af Bij\n20261112;Peeters 2026-0318;1284,00;Bij\n20261113;Huur;900,00;Af',
      'nl',
    ],
    ['12.11.2026;Peeters 2026-0318;1’284.00\n13.11.2026;Miete;-900.00', 'without a head'],
  ];
  for (const [table, name] of tables) {
    const file = await entriesOf(table);
    assert.deepEqual(
      file.entries.map(({ bookedOn, amount }) => [bookedOn, amount]),
      [['2026-11-12', '1284.00']],
      name,
    );
    assert.match(`${file.entries[0]?.text}`, /2026-0318/, name);
    assert.equal(file.outgoing, 1, name);
  }
});

test('a table in the letters of Windows keeps its accents', async () => {
  const file = await entriesOf(
    Uint8Array.from(Buffer.from('Date;Libellé;Montant\n12/11/2026;Hôtel;10,00', 'latin1')),
  );
  assert.equal(file.entries[0]?.text, 'Hôtel');
});

test('months stand first only where the column says so', async () => {
  const file = await entriesOf('Date,Description,Amount\n11/02/2026,A,1.00\n11/28/2026,B,2.00');
  assert.deepEqual(
    file.entries.map((one) => one.bookedOn),
    ['2026-11-02', '2026-11-28'],
  );
});

test('what is empty, too large or has neither date nor amount is refused with its reason', async () => {
  assert.deepEqual(await readBankFile(new Uint8Array()), { ok: false, reason: 'empty' });
  assert.deepEqual(await readBankFile(new Uint8Array(maximumBankFileBytes + 1)), {
    ok: false,
    reason: 'too_big',
  });
  assert.deepEqual(await readBankFile(bytesOf('hello;world\nof;words')), { ok: false, reason: 'no_columns' });
});

test('no bytes throw or hang the reader, and every entry that it gives is an amount above zero on a day that exists', async () => {
  const cell = fc.oneof(
    fc.string({ maxLength: 12 }),
    fc.constantFrom(
      'Date',
      'Betrag',
      'Amount',
      '12.11.2026',
      '31.02.2026',
      '-1.284,00',
      '(12.00)',
      '1e9',
      '"',
      '=1+1',
    ),
  );
  const table = fc
    .array(fc.array(cell, { maxLength: 6 }), { maxLength: 12 })
    .map((rows) => bytesOf(rows.map((row) => row.join(';')).join('\n')));
  const xml = fc.string({ unit: 'binary', maxLength: 300 }).map((text) => bytesOf(camt(booking(text))));
  await fc.assert(
    fc.asyncProperty(fc.oneof(table, xml, fc.uint8Array({ maxLength: 400 })), async (bytes) => {
      const read = await readBankFile(bytes);
      if (!read.ok) return;
      for (const entry of read.file.entries) {
        assert.match(entry.amount, /^\d{1,18}(\.\d{1,12})?$/);
        assert.ok(Number(entry.amount) > 0);
        assert.equal(new Date(entry.bookedOn).toISOString().slice(0, 10), entry.bookedOn);
      }
    }),
    { numRuns: 300 },
  );
});
