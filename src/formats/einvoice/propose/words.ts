import type { Language } from '#base/language';
import type { DocumentKind } from '../facts.ts';
import { word } from './word.ts';

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
      '(?:korrektur|storno)rechnung',
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
      '\\p{L}{0,20}rechnung',
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

export const sellerLabels = word(
  'seller',
  'supplier',
  'vendor',
  'from',
  'sales contact',
  'vendeur',
  'fournisseur',
  'contact commercial',
  '[ée]metteur',
  'fornitore',
  'cedente',
  'venditore',
  'furnizor',
  'v[âa]nz[ăa]tor',
  'verk[äa]ufer',
  'lieferant',
  'ansprechpartner',
  'bei r[üu]ckfragen',
  'leverancier',
  'verkoper',
  'afzender',
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
