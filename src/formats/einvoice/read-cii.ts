import { type InvoiceView, type PartyView, unknownParty } from '#formats/pdf';
import type { DocumentFacts } from './facts.ts';
import { kindOfCode } from './facts.ts';
import { guessLanguage } from './guess-language.ts';
import type { XmlElement } from './parse-xml.ts';
import { readCiiLine } from './read-cii-line.ts';
import { all, first, keepNamespaces, lineOf, paragraphOf, textAt } from './select-xml.ts';
import { compactDateOf, countryOf, currencyOf, decimalOf, emailsOf, isoDateOf } from './values.ts';

/** A structured invoice, read: the facts that Envoi works with, and all that a person would read in it. */
export type ReadInvoice = { readonly facts: DocumentFacts; readonly view: InvoiceView };

/** UN/CEFACT CII (Factur-X, ZUGFeRD 2, XRechnung). */
export const ciiNamespace = 'urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100';
/** ZUGFeRD 1.0 of 2014, the same tree under older names. */
export const zugferd1Namespace = 'urn:ferd:CrossIndustryDocument:invoice:1p0';

type Parts = {
  readonly document: XmlElement | null;
  readonly transaction: XmlElement | null;
  readonly agreement: XmlElement | null;
  readonly delivery: XmlElement | null;
  readonly settlement: XmlElement | null;
  readonly sums: XmlElement | null;
};

/** Reads a Cross Industry Invoice of the 2016 or the 2014 schema. BT-n are the terms of EN 16931-1. */
export function readCii(whole: XmlElement): ReadInvoice {
  const root = keepNamespaces(
    whole,
    (uri) => uri.startsWith('urn:un:unece:uncefact:') || uri === whole.namespace,
  );
  const parts = partsOf(root);
  const seller = readParty(first(parts.agreement, 'SellerTradeParty'));
  const buyerParty = first(parts.agreement, 'BuyerTradeParty');
  const buyer = readParty(buyerParty);
  const dueDates = all(parts.settlement, 'SpecifiedTradePaymentTerms', 'DueDateDateTime').map(readDate);
  const currency = currencyOf(textAt(parts.settlement, 'InvoiceCurrencyCode'));
  const facts: DocumentFacts = {
    kind: kindOfCode(textAt(parts.document, 'TypeCode'), 'invoice'),
    number: textAt(parts.document, 'ID'),
    issueDate: readDate(first(parts.document, 'IssueDateTime')),
    dueDate: dueDates.find((date) => date !== null) ?? null,
    currency,
    total: amountIn(parts.sums, 'GrandTotalAmount', currency),
    amountDue: amountIn(parts.sums, 'DuePayableAmount', currency),
    sellerName: seller.name,
    sellerVatId: seller.vatId,
    buyerName: buyer.name,
    buyerVatId: buyer.vatId,
    buyerEmails: emailsOfContacts(buyerParty),
    buyerDeliveryEmail: deliveryEmailOf(buyerParty),
    buyerCountry: buyer.country,
    buyerLanguage: null,
  };
  return { facts, view: readView(parts, facts, seller, buyer) };
}

function partsOf(root: XmlElement): Parts {
  const transaction =
    first(root, 'SupplyChainTradeTransaction') ?? first(root, 'SpecifiedSupplyChainTradeTransaction');
  const part = (name: string) =>
    first(transaction, `ApplicableHeaderTrade${name}`) ??
    first(transaction, `ApplicableSupplyChainTrade${name}`);
  const settlement = part('Settlement');
  return {
    document: first(root, 'ExchangedDocument') ?? first(root, 'HeaderExchangedDocument'),
    transaction,
    agreement: part('Agreement'),
    delivery: part('Delivery'),
    settlement,
    sums:
      first(settlement, 'SpecifiedTradeSettlementHeaderMonetarySummation') ??
      first(settlement, 'SpecifiedTradeSettlementMonetarySummation'),
  };
}

/** A date stands in `DateTimeString` with a format (102 = YYYYMMDD) or in `DateTime` as xs:dateTime. */
export function readDate(element: XmlElement | null): string | null {
  const text =
    textAt(element, 'DateTimeString') ?? textAt(element, 'DateTime') ?? (element && lineOf(element));
  return compactDateOf(text) ?? isoDateOf(text);
}

/** An amount may be given in two currencies (BT-111): the one in the invoice's own currency counts. */
function amountIn(sums: XmlElement | null, name: string, currency: string | null): string | null {
  const amounts = all(sums, name);
  const own = amounts.find((amount) => amount.attributes['currencyID'] === currency) ?? amounts[0];
  return own ? decimalOf(lineOf(own)) : null;
}

function readParty(party: XmlElement | null): PartyView {
  if (!party) return unknownParty;
  const address = first(party, 'PostalTradeAddress');
  const contact = first(party, 'DefinedTradeContact');
  const registrations = all(party, 'SpecifiedTaxRegistration', 'ID');
  const registered = (scheme: string) => {
    const found = registrations.find((id) => id.attributes['schemeID'] === scheme);
    return found ? lineOf(found) : null;
  };
  const city = [textAt(address, 'PostcodeCode'), textAt(address, 'CityName')].filter(Boolean).join(' ');
  const streets = ['LineOne', 'LineTwo', 'LineThree'].map((name) => textAt(address, name));
  const lines = [...streets, city, textAt(address, 'CountrySubDivisionName')];
  return {
    name: textAt(party, 'Name'),
    address: lines.filter((line): line is string => Boolean(line)),
    country: countryOf(textAt(address, 'CountryID')),
    vatId: registered('VA'),
    taxId: registered('FC') ?? textAt(party, 'SpecifiedLegalOrganization', 'ID'),
    contact: textAt(contact, 'PersonName') ?? textAt(contact, 'DepartmentName'),
    phone: textAt(contact, 'TelephoneUniversalCommunication', 'CompleteNumber'),
    email: emailsOfContacts(party)[0] ?? deliveryEmailOf(party),
  };
}

/** The contacts' e-mails (BT-58). */
function emailsOfContacts(party: XmlElement | null): string[] {
  const contacts = all(party, 'DefinedTradeContact', 'EmailURIUniversalCommunication');
  return emailsOf(
    contacts.flatMap((contact) => [textAt(contact, 'URIID'), textAt(contact, 'CompleteNumber')]),
  );
}

/** The electronic address when its scheme says that it is an e-mail (BT-49, scheme EM of the EAS list). */
function deliveryEmailOf(party: XmlElement | null): string | null {
  const addresses = all(party, 'URIUniversalCommunication', 'URIID');
  const byMail = addresses.filter((id) => id.attributes['schemeID']?.toUpperCase() === 'EM');
  return emailsOf(byMail.map(lineOf))[0] ?? null;
}

function readView(parts: Parts, facts: DocumentFacts, seller: PartyView, buyer: PartyView): InvoiceView {
  const { delivery, settlement, sums } = parts;
  const notes = all(parts.document, 'IncludedNote', 'Content').map(paragraphOf);
  return {
    language: guessLanguage(seller, buyer),
    source: 'cii',
    kind: facts.kind,
    number: facts.number,
    issueDate: facts.issueDate,
    dueDate: facts.dueDate,
    deliveryDate: readDate(first(delivery, 'ActualDeliverySupplyChainEvent', 'OccurrenceDateTime')),
    currency: facts.currency,
    seller,
    buyer,
    references: readReferences(parts),
    notes: notes.filter((note) => note !== null),
    lines: all(parts.transaction, 'IncludedSupplyChainTradeLineItem').map(readCiiLine),
    adjustments: all(settlement, 'SpecifiedTradeAllowanceCharge').flatMap(readAdjustment),
    vat: all(settlement, 'ApplicableTradeTax').map((tax) => ({
      rate: decimalOf(textAt(tax, 'RateApplicablePercent') ?? textAt(tax, 'ApplicablePercent')),
      category: textAt(tax, 'CategoryCode'),
      base: decimalOf(textAt(tax, 'BasisAmount')),
      amount: decimalOf(textAt(tax, 'CalculatedAmount')),
      reason: textAt(tax, 'ExemptionReason'),
    })),
    totals: {
      net: amountIn(sums, 'TaxBasisTotalAmount', facts.currency),
      vat: amountIn(sums, 'TaxTotalAmount', facts.currency),
      gross: facts.total,
      prepaid: amountIn(sums, 'TotalPrepaidAmount', facts.currency),
      rounding: amountIn(sums, 'RoundingAmount', facts.currency),
      due: facts.amountDue,
    },
    payment: readPayment(settlement),
  };
}

function readReferences({ agreement, delivery, settlement }: Parts): InvoiceView['references'] {
  const reference = (kind: InvoiceView['references'][number]['kind'], value: string | null) =>
    value ? [{ kind, value }] : [];
  const referenced = (from: XmlElement | null, name: string) =>
    textAt(from, name, 'IssuerAssignedID') ?? textAt(from, name, 'ID');
  return [
    ...reference('buyer_reference', textAt(agreement, 'BuyerReference')),
    ...reference('order', referenced(agreement, 'BuyerOrderReferencedDocument')),
    ...reference('contract', referenced(agreement, 'ContractReferencedDocument')),
    ...reference('project', textAt(agreement, 'SpecifiedProcuringProject', 'ID')),
    ...reference('delivery_note', referenced(delivery, 'DespatchAdviceReferencedDocument')),
    ...reference('preceding_invoice', referenced(settlement, 'InvoiceReferencedDocument')),
  ];
}

function readAdjustment(element: XmlElement): InvoiceView['adjustments'][number][] {
  const amount = decimalOf(textAt(element, 'ActualAmount'));
  if (amount === null) return [];
  const isCharge = textAt(element, 'ChargeIndicator', 'Indicator') === 'true';
  return [{ label: textAt(element, 'Reason'), isCharge, amount }];
}

function readPayment(settlement: XmlElement | null): InvoiceView['payment'] {
  const terms = all(settlement, 'SpecifiedTradePaymentTerms');
  const means = all(settlement, 'SpecifiedTradeSettlementPaymentMeans');
  const descriptions = [...all(settlement, 'SpecifiedTradePaymentTerms', 'Description').map(paragraphOf)];
  const accounts = means.flatMap((mean) => {
    const account = first(mean, 'PayeePartyCreditorFinancialAccount');
    const iban = textAt(account, 'IBANID') ?? textAt(account, 'ProprietaryID');
    const bic = textAt(mean, 'PayeeSpecifiedCreditorFinancialInstitution', 'BICID');
    return iban ? [{ iban, bic, name: textAt(account, 'AccountName') }] : [];
  });
  const instalments = terms.map((term) => ({
    dueDate: readDate(first(term, 'DueDateDateTime')),
    amount: decimalOf(textAt(term, 'PartialPaymentAmount')),
  }));
  return {
    terms: descriptions.filter((text) => text !== null),
    accounts,
    reference: textAt(settlement, 'PaymentReference'),
    instalments: instalments.length > 1 ? instalments.filter((part) => part.dueDate !== null) : [],
  };
}
