import type { Language } from '#base/language';

/** What a receipt says, in the reader's words. */
export interface ReceiptView {
  readonly title: string;
  readonly company: string;
  readonly language: Language;
  readonly rows: readonly (readonly [label: string, value: string])[];
  readonly at: Date;
}
