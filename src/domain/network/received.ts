import type { DocumentKind } from '#domain/documents';

export type ReceivedState = 'new' | 'accepted' | 'rejected';

export const receivedStates: readonly ReceivedState[] = ['new', 'accepted', 'rejected'];

/** A picture of a page in the receiver's own files. */
export interface ReceivedImage {
  readonly page: number;
  readonly sha256: string;
}

/** A document that another company handed over: a copy of the receiver's own. */
export interface Received {
  readonly id: string;
  readonly companyId: string;
  readonly fromId: string;
  readonly fromName: string;
  readonly fromVatId: string | null;
  /** What the sending company had proven of itself: `vat:…`, `domain:…`; empty: nothing. */
  readonly fromNames: readonly string[];
  readonly series: string;
  readonly version: number;
  readonly kind: DocumentKind;
  readonly number: string | null;
  readonly issueDate: string | null;
  readonly dueDate: string | null;
  readonly currency: string | null;
  readonly total: string | null;
  readonly amountDue: string | null;
  readonly fileName: string;
  readonly format: string;
  readonly mediaType: string;
  readonly sha256: string;
  readonly bytes: number;
  readonly pdfSha256: string;
  readonly pdfBytes: number;
  readonly xmlSha256: string | null;
  readonly xmlBytes: number | null;
  readonly pages: number;
  /** Pictures of the first pages; null until somebody looks. */
  readonly images: readonly ReceivedImage[] | null;
  /** What the sender wrote with it. */
  readonly subject: string;
  readonly text: string;
  readonly state: ReceivedState;
  readonly reason: string | null;
  readonly decidedAt: Date | null;
  readonly decidedByName: string | null;
  /** Since when the sender has the decision. */
  readonly toldAt: Date | null;
  readonly openedAt: Date | null;
  readonly openedByName: string | null;
  /** A newer version of the same document that was received. */
  readonly replacedBy: string | null;
  /** How often it was handed over; more than once: the sender asks again. */
  readonly times: number;
  readonly receivedAt: Date;
  readonly lastAt: Date;
}
