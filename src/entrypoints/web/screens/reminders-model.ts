import type { DispatchService } from '#domain/dispatch';
import type { Errors } from '../kit/index.ts';

export const reminderTabs = ['due', 'later', 'stopped'] as const;
export type ReminderTab = (typeof reminderTabs)[number];

export type ReminderRow = {
  readonly id: string;
  readonly number: string | null;
  readonly customer: string | null;
  readonly category: string | null;
  readonly dueDate: string | null;
  readonly daysLate: number;
  readonly open: string | null;
  readonly currency: string | null;
  readonly policy: string | null;
  /** Days after the due date of its next step; null where there is none. */
  readonly days: number | null;
  readonly on: string | null;
  readonly whyNot: string | null;
  readonly pauseReason: string | null;
  readonly reminders: number;
  readonly lastOn: string | null;
};

export type RemindersModel = {
  readonly tab: ReminderTab;
  readonly counts: Readonly<Record<ReminderTab, number>>;
  readonly filter: Readonly<Record<'late' | 'amount' | 'customer' | 'category', string>>;
  /** Those that the company's customers have. */
  readonly categories: readonly string[];
  readonly rows: readonly ReminderRow[];
  /** Where all that fit, also those beyond, become a run. */
  readonly all: string;
  /** How many fit beyond those shown. */
  readonly beyond: number;
  /** Batches of a policy that wait for a person. */
  readonly waiting: readonly { readonly id: string; readonly at: Date; readonly lines: number }[];
  readonly hasPolicy: boolean;
  readonly bankDaysAgo: number | null;
};

export type StepModel = {
  readonly days: number;
  readonly level: 0 | 1 | 2 | 3;
  readonly sender: string | null;
  readonly letter: boolean;
  /** A letter of the company's own goes along. */
  readonly ownLetter?: boolean;
  /** Absent: as a mail. */
  readonly service?: DispatchService;
  readonly subject: string;
  readonly isOwnText: boolean;
};

export type PolicyModel = {
  readonly id: string;
  readonly name: string;
  readonly isActive: boolean;
  readonly mode: 'review' | 'automatic';
  readonly kinds: readonly string[];
  readonly minimumAmount: string | null;
  readonly isGrouped: boolean;
  readonly joinPdfs: 'plain' | 'all' | null;
  readonly bankDays: number | null;
  readonly sendHour: number;
  readonly steps: readonly StepModel[];
  readonly by: string;
};

export type KeptStepModel = {
  readonly level: 0 | 1 | 2 | 3;
  /** In every language, the company's own first; `isOwn`: not the text of its level. */
  readonly texts: readonly { readonly language: string; readonly isOwn: boolean; readonly href: string }[];
};

export type PolicyFormModel = {
  /** null: a new one. */
  readonly id: string | null;
  readonly values: {
    readonly name: string;
    readonly isActive: boolean;
    readonly mode: 'review' | 'automatic';
    readonly kinds: readonly string[];
    readonly minimumAmount: string;
    readonly isGrouped: boolean;
    readonly joinPdfs: '' | 'plain' | 'all';
    readonly bankDays: string;
    readonly sendHour: string;
    readonly steps: readonly {
      /** Its days before this change, by which its texts in other languages are found. */
      readonly was: string;
      readonly days: string;
      readonly senderId: string;
      readonly letter: boolean;
      /** An uploaded letter of the company's own. */
      readonly file: { readonly id: string; readonly name: string } | null;
      readonly service: string;
      readonly hideSender: boolean;
    }[];
  };
  /** What is known of the steps that are kept, by their days: how firm each is, and its texts. */
  readonly kept: Readonly<Record<string, KeptStepModel>>;
  readonly kinds: readonly string[];
  readonly senders: readonly { readonly value: string; readonly text: string }[];
  readonly services: readonly DispatchService[];
  readonly errors: Errors;
};
