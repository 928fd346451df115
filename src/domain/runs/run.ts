import type { Language } from '#base/language';
import type {
  Author,
  CellText,
  Channel,
  DispatchProblem,
  DispatchService,
  DispatchWarning,
  LeftOut,
  Origin,
} from '#domain/dispatch';
import type { Condition } from '#domain/outbox';
import type { TextKind, TextTemplate } from '#domain/templates';
import type { ApartReason } from '#formats/pdf';

/**
 * Sending many documents in one go.
 *
 *   checking ── all lines looked at ──► ready ── start ──► running ── nothing left ──► finished
 *       │                                 │                 │    ▲
 *       └───────── cancel ────────────────┴─────── cancel ──┤    └─ resume ─ paused
 *                                                 canceled ◄┘                 (pause)
 *
 * As long as `undoUntil` lies ahead, a running run has sent nothing: `undo` puts it back to `checking`.
 */
export type RunState = 'checking' | 'ready' | 'running' | 'paused' | 'finished' | 'canceled';

/** One mail per document, or one per customer with all documents that were chosen of it. */
export type Grouping = 'document' | 'customer';

/**
 * `plain`: those that carry neither files (such as the data of a Factur-X invoice) nor a signature; these stay files of their own.
 * `all`: these too, and what they carry stays behind; the customer's page still has each as it came.
 */
export const joinPdfsWays = ['plain', 'all'] as const;
export type JoinPdfs = (typeof joinPdfsWays)[number];

/** What differs from level to level of a reminder. */
export interface LevelOptions {
  readonly senderId?: string;
  /** Texts instead of the templates', by language. */
  readonly texts?: Readonly<Partial<Record<Language, TextTemplate>>>;
  /** Languages in which the company's own reminder goes before `texts` in a mail about one document. */
  readonly keptIn?: readonly Language[];
  /** A list of what is overdue, with how to pay, goes along as PDF. */
  readonly letter?: boolean;
  /** Uploaded files that go along with every mail, such as a letter of the company's own. */
  readonly fileIds?: readonly string[];
  /** How all of it is handed over; each mail has its own record and its own content. */
  readonly service?: DispatchService;
  /** Who sends is told to each recipient when he has accepted. */
  readonly hideSender?: boolean;
}

/** What was chosen for all lines; what is absent is proposed for each, as in the send window. */
export interface RunOptions extends LevelOptions {
  /** The texts of this run by kind and language, where it does not take those that are proposed. */
  readonly cells?: readonly CellText[];
  /** Documents that stand at a lower level than the run: a mail in which only such are left is of the highest among them. Highest first. */
  readonly lower?: readonly (LevelOptions & { readonly documentIds: readonly string[] })[];
  readonly attach?: boolean;
  /** By which ways; absent or both: by mail, and by the network too for whom it reaches. `network` alone blocks the lines that it does not reach. */
  readonly channels?: readonly Channel[];
  /** The PDFs of several documents in one mail become one file. */
  readonly joinPdfs?: JoinPdfs;
  readonly serviceDays?: number;
  readonly copyToSender?: boolean;
  /** When the mails may leave (RFC 3339); absent: at once. */
  readonly sendAt?: string;
  /** Only on working days from 8 to 18 h of the company's zone. */
  readonly officeHours?: boolean;
  /** Mails a minute for each sender; absent: as fast as its server takes them. */
  readonly perMinute?: number;
  /** What must hold in the last second. */
  readonly condition?: Condition;
  /** Documents that went out before are sent again instead of being left out. */
  readonly again?: boolean;
  readonly metadata?: Readonly<Record<string, unknown>>;
}

export interface Run {
  readonly id: string;
  readonly companyId: string;
  readonly purpose: 'first' | 'reminder';
  readonly origin: Origin;
  readonly grouping: Grouping;
  readonly options: RunOptions;
  readonly state: RunState;
  readonly startsItself: boolean;
  readonly author: Author;
  readonly createdAt: Date;
  readonly startedAt: Date | null;
  /** Nothing leaves before; null: it was started without time to undo. */
  readonly undoUntil: Date | null;
  readonly finishedAt: Date | null;
  /** The plan has no room for what is left: looked at again then. Null: nothing of it waits for that. */
  readonly waitsUntil: Date | null;
}

/**
 * `unchecked`: not looked at yet. `ready`: would go out. `blocked`: something is missing. `excluded`: left out, by a person or because
 * it went out before. `sent`: its dispatch exists. `refused`: it could not be sent after all. `skipped`: somebody else was faster.
 */
export const lineStates = [
  'unchecked',
  'ready',
  'blocked',
  'excluded',
  'sent',
  'refused',
  'skipped',
] as const;
export type LineState = (typeof lineStates)[number];

/** A template of the company, the built-in text, or one that the run (a level of a policy) brings along. */
export type LineText =
  | { readonly from: 'template'; readonly id: string; readonly name: string }
  | { readonly from: 'built_in' | 'run' };

/** What the dry run found: who gets what from whom, and why. */
export interface LineDraft {
  readonly to: readonly string[];
  readonly cc: readonly string[];
  readonly senderAddress: string | null;
  readonly senderReason: string | null;
  /** By which ways; absent in runs of before. */
  readonly channels?: readonly Channel[];
  /** The company of the network that gets the documents; absent: by mail alone. */
  readonly company?: string | null;
  readonly language: string;
  /** What the text is about; absent in runs of before. */
  readonly kind?: TextKind;
  readonly subject: string;
  /** Where the text comes from; absent in runs of before. */
  readonly text?: LineText;
  readonly attachments: number;
  readonly bytes: number;
  readonly warnings: readonly LineWarning[];
  /** The dispatches of these documents that were there already: what is not among them went out in between. */
  readonly seen: readonly string[];
}

/** What somebody should know before the line goes, and of what: an address, a time, a reason, a size. */
export interface LineWarning {
  readonly kind: DispatchWarning['kind'];
  readonly value?: string;
}

export type LineProblem =
  | DispatchProblem
  | {
      readonly path: string;
      readonly reason:
        | 'already_sent'
        | 'in_another_run'
        | 'sent_meanwhile'
        | 'left_out'
        | 'broken'
        | 'stopped'
        | 'suppressed'
        | 'misdirected';
      readonly value?: string;
    };

/** The PDFs of these documents in one file, and which of them stayed apart and why. */
export interface JoinedFiles {
  readonly way: JoinPdfs;
  readonly documentIds: readonly string[];
  /** null: fewer than two could be joined. */
  readonly fileId: string | null;
  readonly apart: readonly { readonly documentId: string; readonly reason: ApartReason }[];
}

export interface RunLine {
  readonly id: string;
  readonly companyId: string;
  readonly runId: string;
  readonly position: number;
  readonly documentIds: readonly string[];
  readonly customerName: string;
  readonly state: LineState;
  readonly draft: LineDraft | null;
  readonly problems: readonly LineProblem[];
  /** Documents that do not go out with the others of the line, and why. */
  readonly leftOut: readonly LeftOut[];
  readonly choice: {
    readonly again?: boolean;
    /** The letter that was drawn for this line, and which documents it lists. */
    readonly letter?: { readonly fileId: string; readonly documentIds: readonly string[] };
    readonly joined?: JoinedFiles;
  };
  readonly dispatchId: string | null;
  readonly checkedAt: Date | null;
  readonly doneAt: Date | null;
}

/** More documents than anybody sends in a day; a longer list is made into several runs. */
export const mostDocuments = 50_000;
/** Mails with more documents are not read, and grow too large. */
export const mostDocumentsPerMail = 25;

/** A file that is to be made of documents of a line before it goes out: in their order, and only those that are still open. */
export interface FileAsked {
  readonly make: 'letter' | 'joined';
  readonly run: Run;
  readonly line: RunLine;
  readonly documentIds: readonly string[];
}
