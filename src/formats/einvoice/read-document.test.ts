import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  ciiInvoice,
  facturxPdf,
  fatturaPa,
  lockedPdf,
  p7m,
  plainPdf,
  ublCreditNote,
  ublInvoice,
} from '../../../test/fixtures/documents.ts';
import { manyPages } from '../../../test/fixtures/hostile-pdf.ts';
import { describeRead, type ReadDocument, readDocument } from './index.ts';

async function read(bytes: Uint8Array): Promise<ReadDocument> {
  const result = await readDocument(bytes);
  assert.ok(result.ok, result.ok ? '' : result.reason);
  return result.document;
}

async function refusal(bytes: Uint8Array, limits = {}): Promise<string> {
  const result = await readDocument(bytes, limits);
  return result.ok ? 'read' : result.reason;
}

const made = {
  number: 'A/7',
  total: '121.00',
  amountDue: '21.00',
  net: '100.00',
  vat: '21.00',
  currency: 'CHF',
};

test('each format is read into the same facts, the amount due beside the total', async () => {
  const facts = {
    kind: 'invoice',
    number: 'A/7',
    issueDate: '2026-11-12',
    dueDate: '2026-12-12',
    currency: 'CHF',
    total: '121.00',
    amountDue: '21.00',
    sellerName: 'Atelier Lumière SRL',
    buyerName: 'Hôtel Bellevue SA',
    buyerEmails: ['compta@bellevue.example'],
  };
  assert.deepEqual(describeRead(await read(ciiInvoice(made))), { format: 'cii', ...facts });
  assert.deepEqual(describeRead(await read(ublInvoice(made))), { format: 'ubl', ...facts });
  assert.deepEqual(describeRead(await read(await facturxPdf(made))), { format: 'factur-x', ...facts });
  const credit = describeRead(await read(ublCreditNote(made)));
  assert.deepEqual(credit, { format: 'ubl', ...facts, kind: 'credit_note' });
});

test('a FatturaPA states no amount due: it is computed from the instalments, for a person to confirm', async () => {
  const { facts, proposed, view } = await read(fatturaPa(made));
  assert.deepEqual(
    [facts.total, facts.amountDue, proposed.total, proposed.amountDue],
    ['121.00', null, null, '21.00'],
  );
  assert.deepEqual([facts.buyerEmails, proposed.buyerEmails], [[], ['compta@bellevue.example']]);
  assert.equal(view?.source, 'fatturapa');
});

test('a FatturaPA is found in its signature, in definite and open lengths, in base64 and PEM, signed twice', async () => {
  const xml = fatturaPa(made);
  const signed = p7m(xml);
  const base64 = signed.toString('base64').replace(/.{64}/g, '$&\r\n');
  const pem = `-----BEGIN PKCS7-----\n${base64}\n-----END PKCS7-----\n`;
  for (const file of [signed, p7m(xml, 'indefinite'), Buffer.from(base64), Buffer.from(pem), p7m(signed)]) {
    const document = await read(file);
    assert.deepEqual([document.format, document.facts.number], ['fatturapa', 'A/7']);
    assert.deepEqual([document.mediaType, document.xml], ['application/pkcs7-mime', xml]);
  }
  assert.equal(await refusal(signed.subarray(0, 200)), 'broken_xml');
  assert.equal(await refusal(p7m(Buffer.from('no invoice'))), 'broken_xml');
});

test('of a FatturaPA with several documents the first is read, and that is noted', async () => {
  const text = fatturaPa(made).toString();
  const body = /<FatturaElettronicaBody>[\s\S]*<\/FatturaElettronicaBody>/.exec(text)![0];
  const document = await read(Buffer.from(text.replace(body, `${body}${body.replace('A/7', 'A/8')}`)));
  assert.deepEqual([document.facts.number, document.notes], ['A/7', ['first_of_several']]);
});

test('a simplified Italian invoice is read, its total computed', async () => {
  const party = (tag: string, inside: string) =>
    `<${tag}>${inside}<Sede><Nazione>IT</Nazione></Sede></${tag}>`;
  const id = '<IdFiscaleIVA><IdPaese>IT</IdPaese><IdCodice>01234567890</IdCodice></IdFiscaleIVA>';
  const goods =
    '<DatiBeniServizi><Descrizione>Pranzo</Descrizione><Importo>55.00</Importo></DatiBeniServizi>';
  const text = `<p:FatturaElettronicaSemplificata xmlns:p="http://ivaservizi.agenziaentrate.gov.it/docs/xsd/fatture/v1.0">
    <FatturaElettronicaHeader>
    ${party('CedentePrestatore', `${id}<Denominazione>Trattoria Il Pozzo</Denominazione>`)}
    <CessionarioCommittente><IdentificativiFiscali>${id}</IdentificativiFiscali><AltriDatiIdentificativi>
    <Denominazione>Officina Aurora</Denominazione></AltriDatiIdentificativi></CessionarioCommittente>
    </FatturaElettronicaHeader><FatturaElettronicaBody><DatiGenerali><DatiGeneraliDocumento><TipoDocumento>TD08</TipoDocumento>
    <Divisa>EUR</Divisa><Data>2026-01-02</Data><Numero>9</Numero></DatiGeneraliDocumento></DatiGenerali>${goods}${goods}
    </FatturaElettronicaBody></p:FatturaElettronicaSemplificata>`;
  const { facts, proposed, view } = await read(Buffer.from(text));
  assert.deepEqual(
    [facts.kind, facts.number, facts.total, proposed.total],
    ['credit_note', '9', null, '110.00'],
  );
  assert.deepEqual([facts.sellerName, facts.buyerName], ['Trattoria Il Pozzo', 'Officina Aurora']);
  assert.equal(view?.lines.length, 2);
});

test('namespaces count by their address, not by their prefix, and foreign elements are no facts', async () => {
  const text = ublInvoice(made).toString();
  const renamed = text.replaceAll('cbc:', 'b:').replaceAll('xmlns:cbc', 'xmlns:b');
  assert.equal((await read(Buffer.from(renamed))).facts.number, 'A/7');
  const foreign = text.replace('<cbc:ID>', '<x:ID xmlns:x="urn:x">wrong</x:ID><cbc:ID>');
  assert.equal((await read(Buffer.from(foreign))).facts.number, 'A/7');
  const stranger = text.replaceAll('specification:ubl:schema:xsd:Invoice-2', 'something:else');
  assert.equal(await refusal(Buffer.from(stranger)), 'unsupported_type');
});

test('encodings are read by mark, by first bytes and by declaration; unknown and wrong ones are refused', async () => {
  const text = ublInvoice({ buyerName: 'Müller & Söhne' }).toString();
  const declared = (encoding: string) => text.replace('UTF-8', encoding);
  const swapped = Buffer.from(declared('UTF-16'), 'utf16le').swap16();
  const good = [
    Buffer.from(`\ufeff${text}`),
    Buffer.from(`\ufeff${declared('UTF-16')}`, 'utf16le'),
    Buffer.from(declared('UTF-16'), 'utf16le'),
    swapped,
    Buffer.from(declared('ISO-8859-1'), 'latin1'),
    Buffer.from(text.replace(/<\?xml.*\?>/, '')),
  ];
  for (const bytes of good) assert.equal((await read(bytes)).facts.buyerName, 'Müller & Söhne');
  assert.equal(await refusal(Buffer.from(declared('UTF-8-NONSENSE'))), 'broken_xml');
  assert.equal(await refusal(Buffer.from(text, 'latin1')), 'broken_xml');
});

test('the electronic address counts as delivery e-mail when its scheme says so', async () => {
  const address = (scheme: string) => `<cac:AccountingCustomerParty><cac:Party>
    <cbc:EndpointID schemeID="${scheme}">in@bellevue.example</cbc:EndpointID>`;
  const text = ublInvoice(made).toString();
  const start = '<cac:AccountingCustomerParty><cac:Party>';
  const withScheme = (scheme: string) => Buffer.from(text.replace(start, address(scheme)));
  assert.equal((await read(withScheme('EM'))).facts.buyerDeliveryEmail, 'in@bellevue.example');
  assert.equal((await read(withScheme('0208'))).facts.buyerDeliveryEmail, null);
});

test('a plain PDF has no facts, only proposals for a person', async () => {
  const document = await read(await plainPdf({ number: 'P-31', total: '99.50', amountDue: '99.50' }));
  assert.equal(document.format, 'pdf');
  assert.ok(
    Object.values(document.facts).every(
      (fact) => fact === null || (Array.isArray(fact) && fact.length === 0),
    ),
  );
  const { kind, number, issueDate, dueDate, currency, total, amountDue, buyerEmails } = document.proposed;
  assert.deepEqual([kind, number, issueDate, dueDate], ['invoice', 'P-31', '2026-11-12', '2026-12-12']);
  assert.deepEqual(
    [currency, total, amountDue, buyerEmails],
    ['EUR', '99.50', '99.50', ['compta@bellevue.example']],
  );
});

test('what is no sales document is refused by what it is', async () => {
  assert.equal(await refusal(Buffer.alloc(0)), 'empty');
  assert.equal(await refusal(ublInvoice(), { maxBytes: 1000 }), 'too_big');
  assert.equal(await refusal(Buffer.from('504b030414000000', 'hex')), 'unsupported_type');
  assert.equal(await refusal(Buffer.from('<html><body>Invoice</body></html>')), 'unsupported_type');
  assert.equal(await refusal(Buffer.from('Invoice 12')), 'unsupported_type');
  assert.equal(await refusal(await lockedPdf()), 'encrypted');
  assert.equal(await refusal(manyPages(501)), 'too_many_pages');
  assert.equal(await refusal(Buffer.from('%PDF-1.5 broken')), 'broken_pdf');
  assert.equal(await refusal(ublInvoice().subarray(0, 900)), 'broken_xml');
});

test('entities, nesting and floods of elements are refused before they cost anything', async () => {
  const laughs = Array.from({ length: 30 }, (_, n) => `<!ENTITY l${n + 1} "${`&l${n};`.repeat(10)}">`).join(
    '',
  );
  const bomb = `<?xml version="1.0"?><!-- x --><!DOCTYPE x [<!ENTITY l0 "ha">${laughs}]><x>&l30;</x>`;
  assert.equal(await refusal(Buffer.from(bomb)), 'unsafe_xml');
  const file = '<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]><x>&f;</x>';
  assert.equal(await refusal(Buffer.from(file)), 'unsafe_xml');
  assert.equal(await refusal(Buffer.from('<a>'.repeat(500_000))), 'broken_xml');
  assert.equal(await refusal(Buffer.from(`<a>${'<b/>'.repeat(2_100_000)}</a>`)), 'too_big');
  assert.equal(await refusal(Buffer.from('<x>&undeclared;</x>')), 'broken_xml');
  assert.equal(await refusal(Buffer.from(`<x ${'a="1" '.repeat(3)}/>`)), 'broken_xml');
});

test('no bytes throw or hang: noise, cut and changed documents of every format', async () => {
  const bases = [ciiInvoice(), ublInvoice(), fatturaPa(), p7m(fatturaPa(), 'indefinite')];
  const base = fc.constantFrom(...bases);
  const cut = fc.tuple(base, fc.double({ min: 0, max: 1, noNaN: true }));
  const changed = fc.tuple(
    base,
    fc.array(fc.tuple(fc.nat(5000), fc.nat(255)), { minLength: 1, maxLength: 12 }),
  );
  const bytes = fc.oneof(
    fc.uint8Array({ maxLength: 300 }),
    cut.map(([whole, part]) => whole.subarray(0, Math.floor(whole.length * part))),
    changed.map(([whole, changes]) => {
      const copy = Buffer.from(whole);
      for (const [at, value] of changes) copy[at % copy.length] = value;
      return copy;
    }),
  );
  await fc.assert(
    fc.asyncProperty(bytes, async (input) => {
      const result = await readDocument(input);
      if (result.ok) assert.equal(typeof describeRead(result.document).format, 'string');
      else assert.notEqual(result.reason, 'took_too_long');
    }),
    { numRuns: 250 },
  );
});
