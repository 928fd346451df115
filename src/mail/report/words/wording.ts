import type { FailureClass } from '../report.ts';

/**
 * What servers say, in lower case. `…` stands for up to 80 characters in between. Addresses stand as `@`, of links only
 * the host is left, runs of blanks are one.
 */
export type Wording = {
  readonly class: FailureClass;
  /** Language of the words (ISO 639-1). */
  readonly language: string;
  /** Whose words these are. */
  readonly source: string;
  readonly says: readonly string[];
};
