import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readOpenTable } from './open-columns.ts';

const heads = [
  'Number;Kind;Date;Due;Amount;Paid;Currency;Customer;E-mail',
  'Numéro;Type;Date;Échéance;Montant;Payé;Devise;Client;E-mail',
  'Numero;Tipo;Data;Scadenza;Importo;Pagato;Valuta;Cliente;E-mail',
  'Număr;Tip;Data;Scadență;Sumă;Plătit;Monedă;Client;E-mail',
  'Nummer;Art;Datum;Fällig;Betrag;Bezahlt;Währung;Kunde;E-Mail',
  'Nummer;Soort;Datum;Vervaldag;Bedrag;Betaald;Valuta;Klant;E-mail',
];
const cells = [
  'R-1',
  'x',
  '05.10.2026',
  '04.11.2026',
  '1500.40',
  '500.40',
  'EUR',
  'Lumen AG',
  'a@lumen.example',
];
const meant = {
  number: 'R-1',
  kind: 'x',
  issueDate: '2026-10-05',
  dueDate: '2026-11-04',
  total: '1500.40',
  paid: '500.40',
  currency: 'EUR',
  customer: 'Lumen AG',
  email: 'a@lumen.example',
};

function read(head: string, row: readonly string[]) {
  const done = readOpenTable([head.split(';'), row]);
  assert.ok(done.ok, JSON.stringify(done));
  return { ...done.rows[0]?.cells };
}

test('the heads that the screen shows as an example are understood in all six languages', () => {
  for (const head of heads) assert.deepEqual(read(head, cells), meant, head);
});

test('heads as accounting programs write them', () => {
  const row = ['K-9', 'Lumen AG', 'R-1', '05.10.2026', '100.00', '40.00'];
  const wanted = {
    customer: 'Lumen AG',
    number: 'R-1',
    issueDate: '2026-10-05',
    total: '100.00',
    open: '40.00',
  };
  for (const head of [
    'Kundennummer;Kundenname;Belegnummer;Belegdatum;Bruttobetrag;Offener Betrag',
    'Customer no.;Customer name;Invoice number;Invoice date;Invoice amount;Amount due',
    'Code client;Nom;N° facture;Date facture;Total TTC;Reste à payer',
    'Codice cliente;Ragione sociale;Numero fattura;Data fattura;Totale;Residuo',
    'Cod client;Denumire;Nr. factură;Data facturii;Valoare;Rest de plată',
    'Kundennr;Kunde;Rechnungsnr.;Rechnungsdatum;Summe;Unbezahlt',
    'Klantnummer;Klantnaam;Factuurnummer;Factuurdatum;Totaal;Openstaand',
  ])
    assert.deepEqual(read(head, row), wanted, head);
});
