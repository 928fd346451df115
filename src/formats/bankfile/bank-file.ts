/** Money that came in, as the bank tells it. Amounts are decimal strings above zero, days `YYYY-MM-DD`. */
export interface BankEntry {
  readonly bookedOn: string;
  readonly amount: string;
  /** ISO 4217; null where the file does not say. */
  readonly currency: string | null;
  /** Who paid; empty where the file does not say. */
  readonly name: string;
  /** What the payer wrote, and references that the bank passed on. */
  readonly text: string;
  /** The bank's own number of this booking, the same in every file that has it; null where there is none. */
  readonly bankReference: string | null;
}

/** What a bank file says. Money that went out is counted and left aside. */
export interface BankFile {
  readonly format: 'camt' | 'csv';
  /** IBAN or other number of the account; null where the file does not say. */
  readonly account: string | null;
  readonly entries: readonly BankEntry[];
  readonly outgoing: number;
  /** Lines that look like bookings and could not be read. */
  readonly unreadable: number;
}

export type BankFileRefusal =
  | 'empty'
  | 'too_big'
  | 'too_many_entries'
  | 'broken_xml'
  | 'unsafe_xml'
  /** XML, but no statement (camt.052, .053 or .054). */
  | 'no_statement'
  | 'unknown_encoding'
  /** A table in which no date or no amount was found. */
  | 'no_columns'
  | 'took_too_long';

export type BankFileResult =
  | { readonly ok: true; readonly file: BankFile }
  | { readonly ok: false; readonly reason: BankFileRefusal };

/** A year of a busy account has some 20,000 bookings and 15 MB of XML. */
export const maximumBankFileBytes = 16 * 2 ** 20;
export const maximumEntries = 50_000;
/** Longer ones are cut: a bank passes on 140 characters of text (ISO 20022 Max140Text), sometimes several times. */
export const longestText = 1000;
export const longestName = 200;

/** One line of readable text: no control characters, no runs of blanks, no longer than `longest`. */
export function oneLine(text: string, longest: number): string {
  return text
    .replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ')
    .trim()
    .slice(0, longest);
}
