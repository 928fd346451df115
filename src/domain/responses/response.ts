export const responseKinds = [
  'accepted',
  'refused',
  'payment_declared',
  'disputed',
  'replied',
  'forwarded',
  'misdirected',
] as const;

export type ResponseKind = (typeof responseKinds)[number];

/** What somebody did on his page. */
export interface CustomerResponse {
  readonly id: string;
  readonly companyId: string;
  readonly dispatchId: string;
  readonly messageId: string;
  readonly documentId: string;
  readonly kind: ResponseKind;
  /** The name that was typed, or that of the recipient. */
  readonly name: string;
  /** What was written. */
  readonly text: string;
  readonly data: ResponseData;
  readonly at: Date;
}

export interface ResponseData {
  /** The day on which it was paid, as declared. */
  readonly paidOn?: string;
  readonly reference?: string;
  /** To whom it was passed on. */
  readonly to?: string;
  /** The mailbox was proven by a code. */
  readonly verified?: boolean;
  /** SHA-256 of the PDF receipt. */
  readonly receipt?: string;
}

/** Longest texts of strangers, in characters. */
export const longest = { name: 120, text: 4000, reference: 140 } as const;

/** One line without control characters, cut at its longest. */
export function cleanLine(text: string, most: number): string {
  return text
    .normalize('NFC')
    .replace(/[\p{Cc}\p{Cf}\u2028\u2029\s]+/gu, ' ')
    .trim()
    .slice(0, most);
}

/** Several lines, without other control characters. */
export function cleanText(text: string): string {
  return text
    .normalize('NFC')
    .replace(/\r\n?/g, '\n')
    .replace(/[^\P{Cc}\n]/gu, ' ')
    .trim()
    .slice(0, longest.text);
}
