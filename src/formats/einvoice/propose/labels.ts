import { word } from './word.ts';

const no = '(?:no\\.?|nr\\.?|n\\.|n[°º]|num(?:ber|[ée]ro|ero)?\\.?|nummer|#|id)';

/** Of several patterns for a fact the surer one comes first. */
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

/** The word for "number" before a number, with what ends it. */
export const numberWord = new RegExp(`^${no}(?![\\p{L}])[\\s:.#°º]*`, 'iu');

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
    'zahl(?:bar|ung)(?:[^.;]{0,40})? bis(?: zum)?',
    '[üu]berweisen[^.;]{0,40} bis(?: zum)?',
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

/** Marks a sum as one without tax, or as the tax itself. */
export const beforeTax =
  /(?<!\p{L})(?:ohne|netto|net|nette|excl|exkl|hors|h\.?t|before tax|sans|senza|esclus[oa]|imponibile|f[ăa]r[ăa]|zonder|subtotal|sub-total|sous-total|zwischensumme|total tax|tax total|total tva|total vat|totale iva|totaal btw)(?!\p{L})(?! (?:[àa]|da) )/iu;

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
