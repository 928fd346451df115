type Line = {
  readonly name: string;
  readonly quantity: string;
  readonly price: string;
  readonly sum: string;
};

/** The invoice in the picture. Firms, people and accounts are fictitious (the IBAN is the standard's example). */
export const joineryInvoice = ubl({
  number: '2026-0147',
  dates: ['2026-11-19', '2026-12-19'],
  buyer: {
    name: 'Hôtel Bellevue SA',
    street: 'Avenue des Tilleuls 3',
    city: 'Spa',
    zip: '4900',
    email: 'anna.maes@bellevue.example',
  },
  lines: [
    { name: 'Library wall in solid oak, made to measure', quantity: '1', price: '6480.00', sum: '6480.00' },
    { name: 'Sliding ladder with brass rail', quantity: '1', price: '890.00', sum: '890.00' },
    { name: 'Fitting on site, two joiners', quantity: '14', price: '58.00', sum: '812.00' },
  ],
  sums: ['8182.00', '1718.22', '9900.22'],
});

export const parquetInvoice = ubl({
  number: '2026-0146',
  dates: ['2026-11-18', '2026-12-18'],
  buyer: {
    name: 'Peeters & Zonen BV',
    street: 'Markt 21',
    city: 'Aarschot',
    zip: '3200',
    email: 'els@peeters.example',
  },
  lines: [{ name: 'Herringbone parquet, oak, laid', quantity: '38', price: '96.00', sum: '3648.00' }],
  sums: ['3648.00', '766.08', '4414.08'],
});

interface Invoice {
  readonly number: string;
  readonly dates: readonly [issued: string, due: string];
  readonly buyer: {
    readonly name: string;
    readonly street: string;
    readonly city: string;
    readonly zip: string;
    readonly email: string;
  };
  readonly lines: readonly Line[];
  readonly sums: readonly [net: string, vat: string, total: string];
}

/** A UBL 2.1 invoice; Envoi draws the PDF. */
function ubl({ number, dates: [issued, due], buyer, lines, sums: [net, vat, total] }: Invoice): string {
  const money = (name: string, amount: string) => `<cbc:${name} currencyID="EUR">${amount}</cbc:${name}>`;
  const tax =
    '<cbc:ID>S</cbc:ID><cbc:Percent>21</cbc:Percent><cac:TaxScheme><cbc:ID>VAT</cbc:ID></cac:TaxScheme>';
  return `<?xml version="1.0" encoding="UTF-8"?>
<Invoice xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2"
 xmlns:cac="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2"
 xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2">
<cbc:ID>${number}</cbc:ID><cbc:IssueDate>${issued}</cbc:IssueDate><cbc:DueDate>${due}</cbc:DueDate>
<cbc:InvoiceTypeCode>380</cbc:InvoiceTypeCode><cbc:DocumentCurrencyCode>EUR</cbc:DocumentCurrencyCode>
<cac:AccountingSupplierParty>${party({ name: 'Vautrin Joinery', street: 'Rue du Moulin 14', city: 'Wavre', zip: '1300', email: 'claire@vautrin.example' })}</cac:AccountingSupplierParty>
<cac:AccountingCustomerParty>${party(buyer)}</cac:AccountingCustomerParty>
<cac:PaymentMeans><cbc:PaymentMeansCode>58</cbc:PaymentMeansCode><cac:PayeeFinancialAccount><cbc:ID>BE71096123456769</cbc:ID></cac:PayeeFinancialAccount></cac:PaymentMeans>
<cac:TaxTotal>${money('TaxAmount', vat)}<cac:TaxSubtotal>${money('TaxableAmount', net)}${money('TaxAmount', vat)}<cac:TaxCategory>${tax}</cac:TaxCategory></cac:TaxSubtotal></cac:TaxTotal>
<cac:LegalMonetaryTotal>${money('LineExtensionAmount', net)}${money('TaxExclusiveAmount', net)}${money('TaxInclusiveAmount', total)}${money('PayableAmount', total)}</cac:LegalMonetaryTotal>
${lines
  .map(
    (
      line,
      index,
    ) => `<cac:InvoiceLine><cbc:ID>${index + 1}</cbc:ID><cbc:InvoicedQuantity unitCode="C62">${line.quantity}</cbc:InvoicedQuantity>
${money('LineExtensionAmount', line.sum)}<cac:Item><cbc:Name>${line.name}</cbc:Name><cac:ClassifiedTaxCategory>${tax}</cac:ClassifiedTaxCategory></cac:Item><cac:Price>${money('PriceAmount', line.price)}</cac:Price></cac:InvoiceLine>`,
  )
  .join('\n')}
</Invoice>`.replaceAll(' & ', ' &amp; ');
}

function party({ name, street, city, zip, email }: Invoice['buyer']): string {
  return `<cac:Party><cac:PostalAddress><cbc:StreetName>${street}</cbc:StreetName><cbc:CityName>${city}</cbc:CityName><cbc:PostalZone>${zip}</cbc:PostalZone>
<cac:Country><cbc:IdentificationCode>BE</cbc:IdentificationCode></cac:Country></cac:PostalAddress><cac:PartyLegalEntity><cbc:RegistrationName>${name}</cbc:RegistrationName></cac:PartyLegalEntity>
<cac:Contact><cbc:ElectronicMail>${email}</cbc:ElectronicMail></cac:Contact></cac:Party>`;
}
