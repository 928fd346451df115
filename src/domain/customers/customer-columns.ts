import { headWords } from '#formats/csv';

export type CustomerColumn =
  | 'name'
  | 'vatId'
  | 'country'
  | 'language'
  | 'category'
  | 'email'
  | 'contactName'
  | 'mobile';

/** Words of heads in en, fr, it, ro, de, nl, without accents and in lower case; the first that fits counts. */
const heads: readonly (readonly [CustomerColumn, RegExp])[] = [
  ['email', /e-?mail|courriel|posta elettronica/],
  ['vatId', /vat|^tva|tva$|n.?tva|partita iva|^p\.? ?iva|^piva|^cui$|^cif$|codice iva|ust|mwst|uid|btw/],
  [
    'category',
    /categor|kategorie|klantgroep|kundengruppe|(customer|client) group|groupe (de )?clients?|^(groupe?|gruppe|gruppo|grup[aă]?|groep)$/,
  ],
  ['mobile', /mobi(le|l|el)|portable|cellular|^gsm|gsm$|handy|natel/],
  ['contactName', /contact|kontakt|referente|persoana|ansprechpartner|interlocuteur/],
  ['country', /countr|^pays|paese|nazione|^tara|^land|landcode|landenkennzeichen/],
  ['language', /languag|langue|lingua|limba|sprache|^taal/],
  [
    'name',
    /^(name|nom|nome|nume|naam|firma|societe|azienda|companie|company|bedrijf|unternehmen|raison sociale|ragione sociale|denumire|customer|client|cliente|kunde|klant)\b|(customer|client|cliente|kunden?|klant|company|firmen)[ -]?(name|nom|nome|nume|naam)/,
  ],
];

/** Which column says what, by the head of a table; null when none is the customer's name. Of two that say the same, the first counts. */
export function customerColumns(head: readonly string[]): ReadonlyMap<CustomerColumn, number> | null {
  const found = new Map<CustomerColumn, number>();
  head.forEach((cell, at) => {
    const words = headWords(cell);
    const meaning = heads.find(([, pattern]) => words !== '' && pattern.test(words))?.[0];
    if (meaning && !found.has(meaning)) found.set(meaning, at);
  });
  return found.has('name') ? found : null;
}
