import type { DocumentKind } from '#domain/documents';
import type { Errors } from '../kit/index.ts';

export type ReceivedState = 'new' | 'accepted' | 'rejected';

export type ReceivedRow = {
  readonly id: string;
  readonly from: string;
  /** What the sending company had proven of itself, as a sentence; null: nothing. */
  readonly proof: string | null;
  readonly kind: DocumentKind;
  readonly number: string | null;
  readonly total: string | null;
  readonly currency: string | null;
  readonly dueDate: string | null;
  readonly at: Date;
  readonly state: ReceivedState;
  readonly isReplaced: boolean;
};

export type ReceivedListModel = {
  readonly tab: ReceivedState | 'all';
  readonly counts: Readonly<Record<ReceivedState | 'all', number>>;
  readonly rows: readonly ReceivedRow[];
  /** Whether other companies find this one. */
  readonly isListed: boolean;
  readonly newer: string | null;
  readonly older: string | null;
};

export type ReceivedModel = ReceivedRow & {
  readonly fromVatId: string | null;
  readonly issueDate: string | null;
  readonly amountDue: string | null;
  readonly fileName: string;
  readonly bytes: number;
  readonly hasXml: boolean;
  /** Whether the file that came is neither the PDF nor the XML alone. */
  readonly subject: string;
  readonly text: string;
  readonly pages: readonly string[];
  readonly page: number;
  readonly reason: string | null;
  readonly replacedBy: string | null;
  /** What happened, oldest first. */
  readonly history: readonly { readonly at: Date; readonly what: string; readonly quote?: string }[];
  readonly mayDecide: boolean;
  /** Owners say from whom the company receives. */
  readonly mayBlock: boolean;
  readonly isBlocked: boolean;
  /** The rejection as it was typed, when it came back. */
  readonly typed: string;
  readonly errors: Errors;
};
