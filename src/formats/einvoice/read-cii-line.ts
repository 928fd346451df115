import type { LineView } from '#formats/pdf';
import type { XmlElement } from './parse-xml.ts';
import { all, first, lineOf, paragraphOf, textAt } from './select-xml.ts';
import { decimalOf } from './values.ts';

/** Reads one line of a Cross Industry Invoice; the 2014 schema has the same tree under other names. */
export function readCiiLine(line: XmlElement): LineView {
  const part = (name: string) =>
    first(line, `SpecifiedLineTrade${name}`) ?? first(line, `SpecifiedSupplyChainTrade${name}`);
  const quantity = first(part('Delivery'), 'BilledQuantity');
  const product = first(line, 'SpecifiedTradeProduct');
  const tax = first(part('Settlement'), 'ApplicableTradeTax');
  const notes = all(line, 'AssociatedDocumentLineDocument', 'IncludedNote', 'Content').map(paragraphOf);
  const name = textAt(product, 'Name');
  const description = first(product, 'Description');
  const more = [description ? paragraphOf(description) : null, ...notes].filter((text) => text !== null);
  return {
    id: textAt(line, 'AssociatedDocumentLineDocument', 'LineID'),
    name: name ?? more[0] ?? '',
    description: (name ? more : more.slice(1)).join('\n') || null,
    quantity: quantity ? decimalOf(lineOf(quantity)) : null,
    unit: quantity?.attributes['unitCode'] ?? null,
    unitPrice: decimalOf(textAt(part('Agreement'), 'NetPriceProductTradePrice', 'ChargeAmount')),
    vatRate: decimalOf(textAt(tax, 'RateApplicablePercent') ?? textAt(tax, 'ApplicablePercent')),
    amount: lineAmount(part('Settlement')),
  };
}

function lineAmount(settlement: XmlElement | null): string | null {
  return decimalOf(
    textAt(settlement, 'SpecifiedTradeSettlementLineMonetarySummation', 'LineTotalAmount') ??
      textAt(settlement, 'SpecifiedTradeSettlementMonetarySummation', 'LineTotalAmount'),
  );
}
