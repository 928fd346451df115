import type { DispatchService } from '#domain/dispatch';
import type { EnvelopeModel } from '../kit/index.ts';

export type RunState = 'checking' | 'ready' | 'running' | 'paused' | 'finished' | 'canceled';
export const lineStates = ['ready', 'blocked', 'excluded', 'sent', 'refused', 'skipped'] as const;
export type LineState = (typeof lineStates)[number] | 'unchecked';

export type RunProblem = {
  readonly sentence: string;
  /** The way out, where there is one on another page. */
  readonly repair: { readonly href: string; readonly text: string } | null;
  /** True where "send again" is the way out. */
  readonly again: boolean;
};

export type RunLineModel = {
  readonly id: string;
  /** `leftOut`: why it does not go out with the others, in words. */
  readonly documents: readonly {
    readonly id: string;
    readonly number: string | null;
    readonly leftOut?: string | null;
    /** Why it stays a file of its own where PDFs are joined, in words. */
    readonly apart?: string | null;
  }[];
  readonly customer: string;
  readonly to: readonly string[];
  readonly sender: string | null;
  /** From which rule the sender follows, as a sentence. */
  readonly because: string | null;
  /** By which ways it goes. */
  readonly channels: readonly ('email' | 'network')[];
  /** The company of the network that gets the documents. */
  readonly company?: string | null;
  readonly language: string | null;
  readonly subject: string | null;
  /** Which text it has, in words; `href` leads to the template. */
  readonly text: { readonly words: string; readonly href: string | null } | null;
  readonly attachments: number;
  /** Address of the letter as it would go along. */
  readonly letter?: string | null;
  /** How many of the documents are in one file. */
  readonly joined?: number;
  readonly state: LineState;
  readonly problems: readonly RunProblem[];
  /** What somebody should know before it goes, as sentences. */
  readonly warnings?: readonly string[];
  readonly envelope: EnvelopeModel | null;
};

/** The text of all mails of one kind in one language. */
export type RunTextModel = {
  /** `invoice-fr`: the name of its field. */
  readonly name: string;
  readonly of: string;
  readonly lines: number;
  /** Empty: as proposed. */
  readonly chosen: string;
  readonly choices: readonly { readonly value: string; readonly text: string }[];
  /** It has words of its own for this run. */
  readonly isChanged: boolean;
  /** Where its words are changed for this run. */
  readonly href: string;
};

export type RunModel = {
  readonly id: string;
  readonly purpose: 'first' | 'reminder';
  readonly state: RunState;
  readonly documents: number;
  readonly lines: number;
  readonly counts: Readonly<Record<LineState, number>>;
  readonly perMinute: number | null;
  readonly secondsLeft: number | null;
  readonly startedAt: Date | null;
  /** Seconds in which the start can be taken back; null: it cannot. */
  readonly undoSeconds: number | null;
  readonly finishedAt: Date | null;
  readonly by: string;
  /** Which lines are shown; null: all. */
  readonly shown: LineState | null;
  readonly rows: readonly RunLineModel[];
  /** Address of the lines after these. */
  readonly more: string | null;
  /** Which texts its mails have, by kind and language; may be changed until it starts. */
  readonly texts: readonly RunTextModel[];
  readonly options: {
    readonly grouping: 'document' | 'customer';
    readonly senderId: string;
    readonly senders: readonly { readonly value: string; readonly text: string }[];
    /** The one way; empty: by mail, and by the network too for whom it reaches. */
    readonly channel: '' | 'email' | 'network';
    readonly attach: '' | 'yes' | 'no';
    readonly joinPdfs: '' | 'plain' | 'all';
    /** The list of what is open goes along; null where the run reminds of nothing. */
    readonly letter: boolean | null;
    /** Name of an uploaded letter. */
    readonly ownLetter: string | null;
    /** Those that the company may choose from, as words of the domain. */
    readonly services: readonly DispatchService[];
    readonly service: DispatchService;
    readonly serviceDays: number;
    readonly hideSender: boolean;
    readonly sendAt: string;
    readonly officeHours: boolean;
    readonly perMinute: string;
    readonly again: boolean;
  };
};

export type RunsModel = {
  readonly rows: readonly {
    readonly id: string;
    readonly purpose: 'first' | 'reminder';
    readonly state: RunState;
    readonly at: Date;
    readonly by: string;
    readonly lines: number;
    readonly sent: number;
    readonly failed: number;
  }[];
  readonly newer: string | null;
  readonly older: string | null;
};
