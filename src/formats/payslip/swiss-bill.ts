import { ValidationError } from 'swissqrbill/errors';
import { SwissQRBill } from 'swissqrbill/svg';
import type { Data } from 'swissqrbill/types';
import { isQRIBAN } from 'swissqrbill/utils';

export interface SwissPayment {
  readonly name: string;
  /** As it stands on letters: street, then postcode and town, one per line. */
  readonly address: string;
  readonly country: string;
  readonly iban: string;
  /** A decimal string. */
  readonly amount: string;
  readonly currency: string;
  readonly message: string;
  readonly language: string;
}

/** What a QR-bill is drawn from, on a screen or on paper. */
export interface SwissBillData {
  readonly data: Data;
  readonly language: 'DE' | 'EN' | 'FR' | 'IT';
}

/**
 * The facts of a QR-bill; null where the standard allows none: another currency than CHF and EUR, an account that is not of CH or LI, a
 * QR-IBAN (it needs a reference, which only the invoicing program knows), an address without postcode and town.
 * Swiss Implementation Guidelines QR-bill 2.3 §3: structured addresses, 70 characters for names and streets, 140 for the message.
 */
export function swissBillData(payment: SwissPayment): SwissBillData | null {
  const { iban, currency } = payment;
  const place = placeOf(payment.address);
  const amount = Number(payment.amount);
  if (!/^(CH|LI)/.test(iban) || isQRIBAN(iban) || !place) return null;
  if (currency !== 'CHF' && currency !== 'EUR') return null;
  if (!(amount >= 0.01 && amount <= 999_999_999.99)) return null;
  const creditor = {
    ...place,
    name: payment.name.slice(0, 70),
    country: payment.country,
    account: iban,
  };
  const message = payment.message.replace(/[\p{Cc}\s]+/gu, ' ').slice(0, 140);
  return { data: { creditor, currency, amount, message }, language: languageOf(payment) };
}

/** The payment part with its QR code as SVG; null where there is none, see `swissBillData`. */
export function swissBill(payment: SwissPayment): string | null {
  const found = swissBillData(payment);
  if (!found) return null;
  try {
    return String(new SwissQRBill(found.data, { language: found.language }));
  } catch (error) {
    if (error instanceof ValidationError) return null;
    throw error;
  }
}

/** Street, postcode and town of an address in lines. */
function placeOf(address: string): { address: string; zip: string; city: string } | null {
  const lines = address.split(/\s*\r?\n\s*/).filter((line) => line !== '');
  const town = lines.findIndex((line) => /^(?:[A-Z]{1,2}-)?\d{4,5} \S/.test(line));
  if (town < 1) return null;
  const [, zip = '', city = ''] = /^(?:[A-Z]{1,2}-)?(\d{4,5}) (.+)$/.exec(lines[town] ?? '') ?? [];
  return { address: (lines[town - 1] ?? '').slice(0, 70), zip, city: city.slice(0, 35) };
}

function languageOf({ language }: SwissPayment): 'DE' | 'EN' | 'FR' | 'IT' {
  return language === 'de' || language === 'fr' || language === 'it'
    ? (language.toUpperCase() as 'DE' | 'FR' | 'IT')
    : 'EN';
}
