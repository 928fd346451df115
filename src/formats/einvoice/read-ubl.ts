import { type InvoiceView, type PartyView, unknownParty } from '#formats/pdf';
import type { DocumentFacts } from './facts.ts';
import { kindOfCode } from './facts.ts';
import { guessLanguage } from './guess-language.ts';
import type { XmlElement } from './parse-xml.ts';
import type { ReadInvoice } from './read-cii.ts';
import { all, first, keepNamespaces, lineOf, paragraphOf, textAt } from './select-xml.ts';
import { countryOf, currencyOf, decimalOf, emailsOf, isoDateOf } from './values.ts';

const family = 'urn:oasis:names:specification:ubl:schema:xsd:';
export const ublInvoiceNamespace = `${family}Invoice-2`;
export const ublCreditNoteNamespace = `${family}CreditNote-2`;

/** Reads a UBL 2 Invoice or CreditNote. BT-n are the terms of EN 16931-1. */
export function readUbl(whole: XmlElement): ReadInvoice {
  const root = keepNamespaces(whole, (uri) => uri.startsWith(family));
  const isCreditNote = root.name === 'CreditNote';
  const seller = readParty(first(root, 'AccountingSupplierParty', 'Party'));
  const buyerParty = first(root, 'AccountingCustomerParty', 'Party');
  const buyer = readParty(buyerParty);
  const currency = currencyOf(textAt(root, 'DocumentCurrencyCode'));
  const sums = first(root, 'LegalMonetaryTotal');
  const facts: DocumentFacts = {
    kind: isCreditNote ? 'credit_note' : kindOfCode(textAt(root, 'InvoiceTypeCode'), 'invoice'),
    number: textAt(root, 'ID'),
    issueDate: isoDateOf(textAt(root, 'IssueDate')),
    // A credit note has no DueDate of its own; BT-9 stands with the means of payment there.
    dueDate: isoDateOf(textAt(root, 'DueDate') ?? textAt(root, 'PaymentMeans', 'PaymentDueDate')),
    currency,
    total: decimalOf(textAt(sums, 'TaxInclusiveAmount')),
    amountDue: decimalOf(textAt(sums, 'PayableAmount')),
    sellerName: seller.name,
    sellerVatId: seller.vatId,
    buyerName: buyer.name,
    buyerVatId: buyer.vatId,
    buyerEmails: emailsOfContacts(buyerParty),
    buyerDeliveryEmail: deliveryEmailOf(buyerParty),
    buyerCountry: buyer.country,
    buyerLanguage: null,
  };
  return { facts, view: readView(root, facts, seller, buyer) };
}

/** The registered name (BT-27, BT-44) comes before the trading name (BT-28, BT-45). */
function readParty(party: XmlElement | null): PartyView {
  if (!party) return unknownParty;
  const address = first(party, 'PostalAddress');
  const streets = ['StreetName', 'AdditionalStreetName'].map((name) => textAt(address, name));
  const city = [textAt(address, 'PostalZone'), textAt(address, 'CityName')].filter(Boolean).join(' ');
  const more = all(address, 'AddressLine', 'Line').map(lineOf);
  const taxNumber = (isVat: boolean) => {
    const schemes = all(party, 'PartyTaxScheme');
    const found = schemes.find((scheme) => (textAt(scheme, 'TaxScheme', 'ID') === 'VAT') === isVat);
    return textAt(found ?? null, 'CompanyID');
  };
  const names = [
    textAt(party, 'PartyLegalEntity', 'RegistrationName'),
    textAt(party, 'PartyName', 'Name'),
    [textAt(party, 'Person', 'FirstName'), textAt(party, 'Person', 'FamilyName')].filter(Boolean).join(' '),
  ];
  return {
    name: names.find(Boolean) ?? null,
    address: [...streets, ...more, city, textAt(address, 'CountrySubentity')].filter((line): line is string =>
      Boolean(line),
    ),
    country: countryOf(textAt(address, 'Country', 'IdentificationCode')),
    vatId: taxNumber(true),
    taxId: taxNumber(false) ?? textAt(party, 'PartyLegalEntity', 'CompanyID'),
    contact: textAt(party, 'Contact', 'Name'),
    phone: textAt(party, 'Contact', 'Telephone'),
    email: emailsOfContacts(party)[0] ?? deliveryEmailOf(party),
  };
}

/** The contacts' e-mails (BT-58). */
function emailsOfContacts(party: XmlElement | null): string[] {
  return emailsOf(all(party, 'Contact', 'ElectronicMail').map(lineOf));
}

/** The electronic address when its scheme says that it is an e-mail (BT-49, scheme EM of the EAS list). */
function deliveryEmailOf(party: XmlElement | null): string | null {
  const byMail = all(party, 'EndpointID').filter((id) => id.attributes['schemeID']?.toUpperCase() === 'EM');
  return emailsOf(byMail.map(lineOf))[0] ?? null;
}

function readView(root: XmlElement, facts: DocumentFacts, seller: PartyView, buyer: PartyView): InvoiceView {
  const reference = (kind: InvoiceView['references'][number]['kind'], ...names: string[]) => {
    const value = textAt(root, ...names);
    return value ? [{ kind, value }] : [];
  };
  const sums = first(root, 'LegalMonetaryTotal');
  const amount = (name: string) => decimalOf(textAt(sums, name));
  return {
    language: guessLanguage(seller, buyer),
    source: 'ubl',
    kind: facts.kind,
    number: facts.number,
    issueDate: facts.issueDate,
    dueDate: facts.dueDate,
    deliveryDate: isoDateOf(textAt(root, 'Delivery', 'ActualDeliveryDate')),
    currency: facts.currency,
    seller,
    buyer,
    references: [
      ...reference('buyer_reference', 'BuyerReference'),
      ...reference('order', 'OrderReference', 'ID'),
      ...reference('contract', 'ContractDocumentReference', 'ID'),
      ...reference('project', 'ProjectReference', 'ID'),
      ...reference('delivery_note', 'DespatchDocumentReference', 'ID'),
      ...reference('preceding_invoice', 'BillingReference', 'InvoiceDocumentReference', 'ID'),
    ],
    notes: all(root, 'Note')
      .map(paragraphOf)
      .filter((note) => note !== null),
    lines: [...all(root, 'InvoiceLine'), ...all(root, 'CreditNoteLine')].map(readLine),
    adjustments: all(root, 'AllowanceCharge').flatMap(readAdjustment),
    vat: readVat(root, facts.currency),
    totals: {
      net: amount('TaxExclusiveAmount'),
      vat: decimalOf(textAt(vatTotal(root, facts.currency), 'TaxAmount')),
      gross: facts.total,
      prepaid: amount('PrepaidAmount'),
      rounding: amount('PayableRoundingAmount'),
      due: facts.amountDue,
    },
    payment: readPayment(root),
  };
}

/** The tax total may be given a second time in the accounting currency (BT-111). */
function vatTotal(root: XmlElement, currency: string | null): XmlElement | null {
  const totals = all(root, 'TaxTotal');
  const own = totals.find((total) => first(total, 'TaxAmount')?.attributes['currencyID'] === currency);
  return own ?? totals[0] ?? null;
}

function readVat(root: XmlElement, currency: string | null): InvoiceView['vat'] {
  return all(vatTotal(root, currency), 'TaxSubtotal').map((part) => ({
    rate: decimalOf(textAt(part, 'TaxCategory', 'Percent')),
    category: textAt(part, 'TaxCategory', 'ID'),
    base: decimalOf(textAt(part, 'TaxableAmount')),
    amount: decimalOf(textAt(part, 'TaxAmount')),
    reason: textAt(part, 'TaxCategory', 'TaxExemptionReason'),
  }));
}

function readAdjustment(element: XmlElement): InvoiceView['adjustments'][number][] {
  const amount = decimalOf(textAt(element, 'Amount'));
  if (amount === null) return [];
  const isCharge = textAt(element, 'ChargeIndicator') === 'true';
  return [{ label: textAt(element, 'AllowanceChargeReason'), isCharge, amount }];
}

function readLine(line: XmlElement): InvoiceView['lines'][number] {
  const quantity = first(line, 'InvoicedQuantity') ?? first(line, 'CreditedQuantity');
  const texts = [...all(line, 'Item', 'Description'), ...all(line, 'Note')].map(paragraphOf);
  const more = texts.filter((text) => text !== null);
  const name = textAt(line, 'Item', 'Name');
  return {
    id: textAt(line, 'ID'),
    name: name ?? more[0] ?? '',
    description: (name ? more : more.slice(1)).join('\n') || null,
    quantity: quantity ? decimalOf(lineOf(quantity)) : null,
    unit: quantity?.attributes['unitCode'] ?? null,
    unitPrice: decimalOf(textAt(line, 'Price', 'PriceAmount')),
    vatRate: decimalOf(textAt(line, 'Item', 'ClassifiedTaxCategory', 'Percent')),
    amount: decimalOf(textAt(line, 'LineExtensionAmount')),
  };
}

function readPayment(root: XmlElement): InvoiceView['payment'] {
  const accounts = all(root, 'PaymentMeans', 'PayeeFinancialAccount').flatMap((account) => {
    const iban = textAt(account, 'ID');
    const bic = textAt(account, 'FinancialInstitutionBranch', 'ID');
    return iban ? [{ iban, bic, name: textAt(account, 'Name') }] : [];
  });
  const terms = all(root, 'PaymentTerms', 'Note').map(paragraphOf);
  return {
    terms: terms.filter((text) => text !== null),
    accounts,
    reference: textAt(root, 'PaymentMeans', 'PaymentID'),
    instalments: [],
  };
}
