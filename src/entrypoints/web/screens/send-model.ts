import type { DispatchService } from '#domain/dispatch';
import type { Errors, KnownAddress, NoteState } from '../kit/index.ts';
import type { AskedFactsModel } from './send-facts.tsx';

export type PreviewModel = {
  readonly warnings: readonly {
    readonly state: NoteState;
    readonly bold: string;
    readonly text: string;
    readonly href: string | null;
    readonly wayOut: string | null;
  }[];
  readonly from: string;
  readonly to: string;
  readonly cc: string;
  /** The text around the documents as HTML that was cleaned for mails and for our pages. */
  readonly body: { readonly before: string; readonly after: string };
  /** What always stands in the mail, per document: what it is, its facts in one line, the button's words. */
  readonly cards: readonly {
    readonly title: string;
    readonly line: string;
    readonly button: string | null;
  }[];
  /** Variables of the template that have no value; they block. */
  readonly missing: readonly string[];
  /** To how many people it goes by mail. */
  readonly people: number;
  /** To which company it goes by the network. */
  readonly company: string | null;
  /** Why it cannot be sent, as a sentence; null: it can. */
  readonly blocked: string | null;
};

export type SendModel = {
  readonly documents: readonly { readonly id: string; readonly title: string }[];
  readonly customer: string | null;
  readonly purpose: 'first' | 'reminder' | 'resend';
  /** One for each window that was opened, so that a double click sends once. */
  readonly once: string;
  /** The held message that it takes the place of when it is sent. */
  readonly replaces?: string | null;
  readonly service: DispatchService;
  /** Services that this installation offers; with one alone the line is not shown. */
  readonly services: readonly DispatchService[];
  /** The ways it goes; more than one can be chosen only where there is a partner. */
  readonly channels: readonly ('email' | 'network')[];
  /** The customer as a company of the network, and how it is known to be him. */
  readonly partner: { readonly company: string; readonly proof: string } | null;
  /** The company that the customer is in the network, where it cannot be reached there. */
  readonly unreachable: string | null;
  /** How many days content behind a code waits. */
  readonly serviceDays?: number;
  /** Codes can go to mobile phones. */
  readonly codesByText?: boolean;
  /** Who sends is told when it was accepted. */
  readonly senderHidden: boolean;
  /** The tick as it stands, also while another service is chosen. */
  readonly hideTicked: boolean;
  readonly senders: readonly { readonly id: string; readonly label: string }[];
  readonly senderId: string | null;
  /** It was chosen in this window. */
  readonly senderIsOwn: boolean;
  /** Which address because of which rule, in words; and whether the sender works. */
  readonly senderReason: string;
  readonly senderState: 'valid' | 'unchecked' | 'broken';
  /** What the sender's server said when it was asked just now. */
  readonly senderSaid: string | null;
  readonly fromName: string;
  readonly to: readonly KnownAddress[];
  /** The addresses are guesses from the file's text, for a person to confirm. */
  readonly toIsProposed: boolean;
  readonly cc: readonly KnownAddress[];
  readonly bcc: readonly KnownAddress[];
  /** What was typed when it was refused: field → text. */
  readonly typed: Readonly<Partial<Record<'to' | 'cc' | 'bcc', string>>>;
  readonly copyToSender: boolean;
  readonly files: readonly {
    readonly id: string;
    readonly name: string;
    readonly bytes: number;
    readonly ticked: boolean;
    /** The XML that the customer's software reads. */
    readonly isXml: boolean;
  }[];
  readonly limitBytes: number;
  /** The name under which the document is attached; null with several documents. */
  readonly fileName: string | null;
  readonly attach: 'both' | 'link' | 'attachment';
  /** The tracking in force for these people. */
  readonly tracking: 'none' | 'links' | 'full';
  /** What may be chosen below the company's ceiling. */
  readonly trackingChoices: readonly ('none' | 'links' | 'full')[];
  readonly when: { readonly kind: 'now' } | { readonly kind: 'at'; readonly at: string };
  /** What the field for a time proposes, in the company's zone. */
  readonly proposedAt: string;
  readonly subject: string;
  /** True when the person has changed what the template says. */
  readonly subjectIsOwn: boolean;
  /** The text for the editor, cleaned; and as plain text, where there is no script. */
  readonly html: string;
  readonly text: string;
  readonly textIsOwn: boolean;
  readonly templates: readonly { readonly id: string; readonly label: string }[];
  readonly templateId: string | null;
  /** Facts that the file does not say, asked for here; null: all are known. */
  readonly facts: AskedFactsModel | null;
  readonly preview: PreviewModel;
  readonly errors: Errors;
  /** Where "Close" goes. */
  readonly back: string;
};
