import type { ReadMail } from '#mail/mime';

export interface OpenedMail {
  readonly messageId: string;
  readonly receivedAt: Date;
  readonly recipient: string;
  /** The sender's own copy. */
  readonly isCopy: boolean;
  readonly mail: ReadMail;
  /** Its HTML with the mark by which whoever follows its links counts as the customer. */
  readonly played: string;
}
