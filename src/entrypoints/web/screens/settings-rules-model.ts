import type { Errors } from '../kit/index.ts';

export type RuleModel = {
  readonly id: string;
  readonly name: string;
  readonly isActive: boolean;
  readonly kinds: readonly string[];
  readonly customers: readonly string[];
  readonly categories: readonly string[];
  readonly sources: readonly string[];
  readonly sender: string | null;
  readonly waitMinutes: number;
  readonly officeHours: boolean;
  readonly by: string;
  readonly at: Date;
  /** What it would do with the document that was chosen; null: none was. */
  readonly trial: RuleTrialModel | null;
};

/** Sentences: what would happen, and what stands against it. */
export type RuleTrialModel = {
  readonly documentId: string;
  readonly isGood: boolean;
  readonly head: string | null;
  readonly reasons: readonly string[];
  readonly would: string | null;
};

export type RulesModel = {
  readonly rules: readonly RuleModel[];
  /** Documents that one may test with, newest first. */
  readonly documents: readonly { readonly value: string; readonly text: string }[];
};

export type RuleFormModel = {
  /** null: a new one. */
  readonly id: string | null;
  readonly values: {
    readonly name: string;
    readonly kinds: readonly string[];
    readonly customers: string;
    readonly categories: string;
    readonly sources: readonly string[];
    readonly senderId: string;
    readonly waitMinutes: string;
    readonly officeHours: boolean;
  };
  readonly senders: readonly { readonly value: string; readonly text: string }[];
  readonly errors: Errors;
};
