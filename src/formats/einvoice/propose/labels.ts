import type { Language } from '#base/language';
import type { DocumentKind } from '../facts.ts';

/**
 * The words that stand before facts on documents in English, French, Italian, Romanian, German and Dutch. Matched against one
 * cell of text at a time; of several labels for a fact the surer one comes first.
 */
const word = (...alternatives: readonly string[]): RegExp =>
  new RegExp(`(?<![\\p{L}\\d])(?:${alternatives.join('|')})(?![\\p{L}])`, 'iu');

const no = '(?:no\\.?|nr\\.?|n\\.|n[°º]|num(?:ber|[ée]ro|ero)?\\.?|nummer|#|id)';

/** Titles of kinds; of two in one place the earlier kind in this list is meant ("Pro forma invoice"). */
export const kindTitles: readonly (readonly [DocumentKind, RegExp])[] = [
  [
    'credit_note',
    word(
      'credit (?:note|memo|invoice)',
      "facture d[’']avoir",
      'avoir',
      'note de cr[ée]dit',
      'nota (?:di )?credito',
      'gutschrift',
      'rechnungs-?korrektur',
      'storno(?:rechnung)?',
      'factur[ăa] (?:de )?storn(?:o|are)',
      'credit ?(?:nota|factuur)',
    ),
  ],
  [
    'proforma',
    word(
      '(?:factur[ăae] |fattura |facture )?pro[ -]?forma(?: ?-?(?:invoice|rechnung|factuur))?',
      'proform[ăa]',
    ),
  ],
  [
    'quote',
    word(
      'quot(?:e|ation)',
      'estimate',
      'devis',
      'offre(?: de prix)?',
      'preventivo',
      'offerta',
      'ofert[ăa]',
      'angebot',
      'kostenvoranschlag',
      'offerte',
    ),
  ],
  [
    'delivery_note',
    word(
      'delivery note',
      'packing (?:slip|list)',
      '(?:bon|bordereau) de livraison',
      'documento di trasporto',
      'd\\.?d\\.?t\\.?',
      'lieferschein',
      'leverbon',
      'pakbon',
      'aviz de [îi]nso[țţt]ire',
    ),
  ],
  [
    'work_report',
    word(
      'work report',
      'service report',
      "rapport d[’']intervention",
      'rapport(?:o|ino) (?:di )?(?:intervento|lavoro)',
      'arbeitsbericht',
      'werkbon',
      'raport de (?:lucru|interven[țţt]ie)',
    ),
  ],
  [
    'statement',
    word(
      '(?:account )?statement(?: of account)?',
      'relev[ée] de compte',
      'estratto conto',
      'kontoauszug',
      'extras de cont',
      'rekeningoverzicht',
    ),
  ],
  [
    'receipt',
    word(
      '(?:payment )?receipt',
      're[çc]u',
      'ricevuta(?: fiscale)?',
      'quittung',
      'chitan[țţt][ăa]',
      'ontvangstbewijs',
    ),
  ],
  [
    'invoice',
    word(
      '(?:tax |sales |commercial )?invoice',
      'facture',
      'fattura',
      'factur[ăa]',
      '(?:schluss|teil|abschlags)?rechnung',
      'factuur',
    ),
  ],
  [
    'order',
    word(
      '(?:purchase |sales )?order(?: confirmation)?',
      '(?:bon|confirmation) de commande',
      "conferma d[’']ordine",
      'auftragsbest[äa]tigung',
      'bestellung',
      'bestelbon',
      'orderbevestiging',
      'comand[ăa]',
    ),
  ],
];

export const numberLabels: readonly RegExp[] = [
  word(
    `(?:invoice|quote|quotation|estimate|credit (?:note|memo)|document) ?${no}`,
    `(?:num[ée]ro|n[°º]) (?:de |d[’'])?(?:la )?(?:facture|devis|avoir|document|pi[èe]ce)`,
    `(?:facture|devis|avoir|proforma) ${no}`,
    `(?:num(?:ero)?|n|nr)[.°º]? (?:(?:della |di )?fattura|documento|preventivo)`,
    `(?:fattura|preventivo|nota (?:di )?credito|documento) ${no}`,
    `num[ăa]r(?:ul)? (?:factur[ăai]i?|document)`,
    `nr\\.? (?:factur[ăai]i?|document)`,
    `factur[ăa] ${no}`,
    `(?:rechnungs?|beleg|angebots?|gutschrifts?|korrektur)[- ]?(?:nr\\.?|nummer|no\\.?)`,
    `(?:rechnung|angebot|gutschrift) ${no}`,
    `(?:factuur|offerte|creditnota|document)[- ]?(?:nr\\.?|nummer|no\\.?)`,
  ),
  word(`(?:seri[ae](?: [șşs]i num[ăa]r)?)`),
];

export const issueLabels: readonly RegExp[] = [
  word(
    '(?:invoice|issue|document|quote|bill(?:ing)?) date',
    'date of (?:issue|invoice)',
    'issued(?: (?:at|on))?',
    "date (?:de |d[’'])?(?:la )?(?:facture|facturation|[ée]mission|devis|pi[èe]ce)",
    '[ée]mise? le',
    'data (?:di |della )?(?:fattura|emissione|documento)',
    'data (?:emiterii|facturii|emitere)',
    '(?:rechnungs|beleg|angebots|ausstellungs)[- ]?datum',
    '(?:factuur|offerte|document)[- ]?datum',
  ),
  word('^date', '^data', '^datum', '^del', '^du', '^le', '^vom', '^din'),
];

export const dueLabels: readonly RegExp[] = [
  word(
    '(?:payment )?due(?: date| by| on)?',
    'pay(?:able|ment)? (?:by|until|before)',
    'remit (?:by|until)',
    'valid (?:until|till|to)',
    "(?:date d[’'])?[ée]ch[ée]ance",
    'date limite(?: de (?:paiement|r[èe]glement))?',
    "(?:payable|[àa] (?:payer|r[ée]gler)) (?:avant|au plus tard|jusqu[’']au)(?: le)?",
    "valable jusqu[’']au",
    '(?:data (?:di )?)?scadenza',
    '(?:da )?pagare entro(?: il)?',
    'valid[oa] fino al',
    '(?:data )?scaden[țţt](?:a|ei|[ăa])',
    'termen(?:ul)? (?:de )?plat[ăa]',
    'valabil[ăa]? p[âa]n[ăa] (?:la|[îi]n)',
    'f[äa]llig(?:keit(?:sdatum)?)?(?: (?:am|bis|zum))?',
    'zahl(?:bar|ung)(?: sp[äa]testens)? bis(?: zum)?',
    'zahlungsziel',
    'g[üu]ltig bis',
    'verval(?:datum|dag)',
    'te betalen (?:v[óo][óo]r|uiterlijk)',
    'uiterste betaaldatum',
    'geldig tot(?: en met)?',
  ),
];

export const totalLabels: readonly RegExp[] = [
  word(
    '(?:grand|invoice) total',
    'total (?:amount|incl\\.?|including|gross|with (?:vat|tax))[\\p{L}. ]*',
    '(?:total|montant(?: total)?) (?:ttc|t\\.t\\.c\\.?|tvac|toutes taxes comprises)',
    'totale (?:fattura|documento|complessivo|generale|ivato|iva (?:incl\\.?|inclusa|compresa))',
    'total (?:factur[ăa]|general|cu tva)',
    '(?:gesamt|rechnungs|brutto|end)[- ]?(?:betrag|summe|total)(?: brutto)?',
    '(?:summe|total|gesamt) brutto',
    'totaal (?:incl\\.?|inclusief)[\\p{L}. ]*',
    '(?:totaal|factuur)bedrag',
  ),
  /^(?:total|totale|totaal|gesamt|summe)(?! ?(?:ht|h\.t\.|hors|net|excl|exkl|vat|tva|tax|iva|mwst|ust|btw|imponibil|f[ăa]r[ăa]))(?![\p{L}])/iu,
];

export const amountDueLabels: readonly RegExp[] = [
  word(
    '(?:amount|balance|total) (?:due|payable|outstanding)',
    'due payable',
    '(?:net|solde|reste|montant(?: total)?|total)(?: restant)? ?(?:[àa] (?:payer|r[ée]gler)|d[ûu])',
    '(?:totale|importo|netto|saldo)(?: residuo)? (?:da|a) (?:pagare|saldare)',
    '(?:total|rest|sold)(?:ul)? (?:de )?plat[ăa]',
    '(?:zahl|rest)betrag',
    '(?:noch )?zu zahlen(?:der betrag)?',
    'offener? betrag',
    '(?:nog |totaal |bedrag )?te (?:betalen|voldoen)(?: bedrag)?',
    '(?:openstaand|verschuldigd) (?:bedrag|saldo)',
  ),
];

export const buyerLabels = word(
  'bill(?:ed)? to',
  'invoice to',
  'customer',
  'client',
  'sold to',
  'attn',
  'factur[ée]e? [àa]',
  'adresse de facturation',
  'destinataire',
  'cliente',
  'destinatario',
  'spett(?:\\.le|abile)',
  'intestatario',
  'cump[ăa]r[ăa]tor',
  'beneficiar',
  'kunde',
  'rechnung an',
  'rechnungsempf[äa]nger',
  'k[äa]ufer',
  'leistungsempf[äa]nger',
  'klant',
  'factuur aan',
  'factuuradres',
  'afnemer',
);

/** Words that one of the languages has to itself among the six, for telling what a document is written in. */
export const languageWords: Readonly<Record<Language, RegExp>> = {
  en: /(?<!\p{L})(?:the|invoice|amount|due|date|payment|quantity|price|please|thank|your)(?!\p{L})/giu,
  fr: /(?<!\p{L})(?:le|les|facture|montant|échéance|paiement|règlement|quantité|prix|client|votre|nous|merci)(?!\p{L})/giu,
  it: /(?<!\p{L})(?:il|della|fattura|importo|scadenza|pagamento|quantità|prezzo|cliente|vostro|iva|grazie)(?!\p{L})/giu,
  ro: /(?<!\p{L})(?:și|şi|factura|factură|scadența|plată|cantitate|preț|furnizor|cumpărător|valoare|lei)(?!\p{L})/giu,
  de: /(?<!\p{L})(?:der|die|und|rechnung|betrag|fällig|zahlung|menge|preis|kunde|mwst|bitte|ihre)(?!\p{L})/giu,
  nl: /(?<!\p{L})(?:het|een|factuur|bedrag|vervaldatum|betaling|aantal|prijs|klant|btw|gelieve|uw)(?!\p{L})/giu,
};
