import { type InvoiceView, type PartyView, unknownParty } from '#formats/pdf';
import type { DocumentFacts } from './facts.ts';
import type { XmlElement } from './parse-xml.ts';
import type { ReadInvoice } from './read-cii.ts';
import { all, first, keepNamespaces, lineOf, paragraphOf, textAt } from './select-xml.ts';
import { countryOf, currencyOf, decimalOf, emailsOf, isoDateOf, sumOf } from './values.ts';

/** FatturaPA 1.0, 1.1 and 1.2, and the simplified invoice of up to 400 € (Agenzia delle Entrate, technical rules, allegato A). */
export function isFatturaPa(root: XmlElement): boolean {
  const isOurs =
    /^https?:\/\/(ivaservizi\.agenziaentrate\.gov\.it\/docs\/xsd\/fatture|www\.fatturapa\.gov\.it\/sdi\/fatturapa)\/v1\.\d$/;
  return /^FatturaElettronica(?:Semplificata)?$/.test(root.name) && isOurs.test(root.namespace);
}

/** What the standard does not state as a fact but lets one compute, for a person to confirm. */
export type ReadFatturaPa = ReadInvoice & {
  readonly computed: Pick<DocumentFacts, 'total' | 'amountDue' | 'buyerEmails'>;
  readonly bodies: number;
};

/**
 * Reads a FatturaPA; of a lot (several bodies) the first document. The standard has no amount due of the document, only
 * instalments (2.4.2.6), and the total (2.1.1.9) is optional: both are then computed, not facts.
 */
export function readFatturaPa(whole: XmlElement): ReadFatturaPa {
  const root = keepNamespaces(whole, (uri) => uri === '' || uri === whole.namespace);
  const header = first(root, 'FatturaElettronicaHeader');
  const bodies = all(root, 'FatturaElettronicaBody');
  const body = bodies[0] ?? null;
  const document = first(body, 'DatiGenerali', 'DatiGeneraliDocumento');
  const seller = readParty(first(header, 'CedentePrestatore'));
  const buyer = readParty(first(header, 'CessionarioCommittente'));
  const instalments = all(body, 'DatiPagamento', 'DettaglioPagamento');
  const dueDates = instalments.map((part) => isoDateOf(textAt(part, 'DataScadenzaPagamento')));
  const facts: DocumentFacts = {
    kind: kindOfTd(textAt(document, 'TipoDocumento')),
    number: textAt(document, 'Numero'),
    issueDate: isoDateOf(textAt(document, 'Data')),
    dueDate: dueDates.find((date) => date !== null) ?? null,
    currency: currencyOf(textAt(document, 'Divisa')),
    total: decimalOf(textAt(document, 'ImportoTotaleDocumento')),
    amountDue: null,
    sellerName: seller.name,
    sellerVatId: seller.vatId,
    buyerName: buyer.name,
    buyerVatId: buyer.vatId,
    // PECDestinatario is where the exchange system delivers; whether it takes other mail is for a person to say.
    buyerEmails: [],
    buyerDeliveryEmail: null,
    buyerCountry: buyer.country,
    buyerLanguage: null,
  };
  const view = readView(body, facts, seller, buyer);
  const paid = sumOf(instalments.map((part) => decimalOf(textAt(part, 'ImportoPagamento'))));
  const certified = emailsOf([textAt(header, 'DatiTrasmissione', 'PECDestinatario')]);
  const computed = { total: view.totals.gross, amountDue: paid, buyerEmails: certified };
  return { facts, view, computed, bodies: bodies.length };
}

/** TD04 and its simplified sister TD08 are credit notes (codelist TipoDocumento 1.2); advances, fees and self-invoices are invoices. */
function kindOfTd(code: string | null): DocumentFacts['kind'] {
  return code === 'TD04' || code === 'TD08' ? 'credit_note' : 'invoice';
}

function readParty(party: XmlElement | null): PartyView {
  if (!party) return unknownParty;
  // The simplified invoice puts the same fields elsewhere.
  const other = first(party, 'AltriDatiIdentificativi');
  const personal = first(party, 'DatiAnagrafici') ?? first(party, 'IdentificativiFiscali') ?? party;
  const named = first(personal, 'Anagrafica') ?? other ?? party;
  const seat = first(party, 'Sede') ?? first(other, 'Sede');
  const person = [textAt(named, 'Nome'), textAt(named, 'Cognome')];
  const vat = [textAt(personal, 'IdFiscaleIVA', 'IdPaese'), textAt(personal, 'IdFiscaleIVA', 'IdCodice')];
  const street = [textAt(seat, 'Indirizzo'), textAt(seat, 'NumeroCivico')].filter(Boolean).join(' ');
  const province = textAt(seat, 'Provincia');
  const city = [textAt(seat, 'CAP'), textAt(seat, 'Comune'), province && `(${province})`]
    .filter(Boolean)
    .join(' ');
  return {
    name: textAt(named, 'Denominazione') ?? (person.filter(Boolean).join(' ') || null),
    address: [street, city].filter((line) => line !== ''),
    country: countryOf(textAt(seat, 'Nazione')),
    vatId: vat[1] ? vat.join('') : null,
    taxId: textAt(personal, 'CodiceFiscale'),
    contact: null,
    phone: textAt(party, 'Contatti', 'Telefono'),
    email: emailsOf([textAt(party, 'Contatti', 'Email')])[0] ?? null,
  };
}

function readView(
  body: XmlElement | null,
  facts: DocumentFacts,
  seller: PartyView,
  buyer: PartyView,
): InvoiceView {
  const general = first(body, 'DatiGenerali');
  const document = first(general, 'DatiGeneraliDocumento');
  const vat = all(body, 'DatiBeniServizi', 'DatiRiepilogo').map((part) => ({
    rate: decimalOf(textAt(part, 'AliquotaIVA')),
    category: textAt(part, 'Natura'),
    base: decimalOf(textAt(part, 'ImponibileImporto')),
    amount: decimalOf(textAt(part, 'Imposta')),
    reason: textAt(part, 'RiferimentoNormativo'),
  }));
  const payment = readPayment(body);
  return {
    language: 'it',
    source: 'fatturapa',
    kind: facts.kind,
    number: facts.number,
    issueDate: facts.issueDate,
    dueDate: facts.dueDate,
    deliveryDate: isoDateOf(textAt(general, 'DatiDDT', 'DataDDT')),
    currency: facts.currency,
    seller,
    buyer,
    references: readReferences(general),
    notes: all(document, 'Causale')
      .map(paragraphOf)
      .filter((note) => note !== null),
    lines: readLines(body),
    adjustments: all(document, 'ScontoMaggiorazione').flatMap(readAdjustment),
    vat,
    totals: {
      net: sumOf(vat.map((part) => part.base)),
      vat: sumOf(vat.map((part) => part.amount)),
      gross: facts.total ?? computeTotal(body, vat),
      prepaid: null,
      rounding: decimalOf(textAt(document, 'Arrotondamento')),
      due: sumOf(payment.instalments.map((part) => part.amount)),
    },
    payment,
  };
}

function readReferences(general: XmlElement | null): InvoiceView['references'] {
  const reference = (kind: InvoiceView['references'][number]['kind'], name: string, field: string) => {
    const value = textAt(general, name, field);
    return value ? [{ kind, value }] : [];
  };
  return [
    ...reference('order', 'DatiOrdineAcquisto', 'IdDocumento'),
    ...reference('contract', 'DatiContratto', 'IdDocumento'),
    ...reference('project', 'DatiOrdineAcquisto', 'CodiceCUP'),
    ...reference('delivery_note', 'DatiDDT', 'NumeroDDT'),
    ...reference('preceding_invoice', 'DatiFattureCollegate', 'IdDocumento'),
  ];
}

function readAdjustment(element: XmlElement): InvoiceView['adjustments'][number][] {
  const amount = decimalOf(textAt(element, 'Importo'));
  // SC is a discount (sconto), MG a charge (maggiorazione).
  return amount === null ? [] : [{ label: null, isCharge: textAt(element, 'Tipo') === 'MG', amount }];
}

/** Taxable amounts and taxes together; in the simplified invoice the amounts of the goods, which contain the tax. */
function computeTotal(body: XmlElement | null, vat: InvoiceView['vat']): string | null {
  const taxed = sumOf(vat.flatMap((part) => [part.base, part.amount]));
  return taxed ?? sumOf(all(body, 'DatiBeniServizi', 'Importo').map((amount) => decimalOf(lineOf(amount))));
}

function readLines(body: XmlElement | null): InvoiceView['lines'] {
  const simplified = all(body, 'DatiBeniServizi').filter((goods) => textAt(goods, 'Importo') !== null);
  return [...all(body, 'DatiBeniServizi', 'DettaglioLinee'), ...simplified].map(readLine);
}

function readLine(line: XmlElement): InvoiceView['lines'][number] {
  return {
    id: textAt(line, 'NumeroLinea'),
    name: textAt(line, 'Descrizione') ?? '',
    description: null,
    quantity: decimalOf(textAt(line, 'Quantita')),
    unit: textAt(line, 'UnitaMisura'),
    unitPrice: decimalOf(textAt(line, 'PrezzoUnitario')),
    vatRate: decimalOf(textAt(line, 'AliquotaIVA') ?? textAt(line, 'DatiIVA', 'Aliquota')),
    amount: decimalOf(textAt(line, 'PrezzoTotale') ?? textAt(line, 'Importo')),
  };
}

function readPayment(body: XmlElement | null): InvoiceView['payment'] {
  const parts = all(body, 'DatiPagamento', 'DettaglioPagamento');
  return {
    terms: [],
    accounts: parts.flatMap((part) => {
      const iban = textAt(part, 'IBAN');
      return iban ? [{ iban, bic: textAt(part, 'BIC'), name: textAt(part, 'Beneficiario') }] : [];
    }),
    reference: parts.map((part) => textAt(part, 'CodicePagamento')).find(Boolean) ?? null,
    instalments: parts.map((part) => ({
      dueDate: isoDateOf(textAt(part, 'DataScadenzaPagamento')),
      amount: decimalOf(textAt(part, 'ImportoPagamento')),
    })),
  };
}
