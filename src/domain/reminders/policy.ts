import type { Language } from '#base/language';
import type { Author, DispatchService } from '#domain/dispatch';
import { type DocumentKind, isDecimal } from '#domain/documents';
import type { JoinPdfs } from '#domain/runs';
import { maximumTextLength, type TemplateProblem, type TextTemplate, textProblems } from '#domain/templates';

/** One reminder of a policy: so many days after the due date (below zero: before it). */
export interface Step {
  readonly days: number;
  /** null: the sender that the company's rule gives. */
  readonly senderId: string | null;
  /** A list of what is overdue, with how to pay, goes along as PDF. */
  readonly letter: boolean;
  /** Uploaded files that go along, such as a letter of the company's own. */
  readonly fileIds?: readonly string[];
  /** How this reminder is handed over; absent: as a mail. */
  readonly service?: DispatchService;
  /** Behind a code: who sends is told when it was accepted. */
  readonly hideSender?: boolean;
  /** Own texts by language; a language without one gets the built-in text of this level. */
  readonly texts: Readonly<Partial<Record<Language, TextTemplate>>>;
}

/** When who is reminded of what, as a company has laid it down. */
export interface Policy {
  readonly id: string;
  readonly companyId: string;
  readonly name: string;
  readonly isActive: boolean;
  /** `review`: a person looks at each batch before it goes out. */
  readonly mode: 'review' | 'automatic';
  readonly kinds: readonly DocumentKind[];
  readonly minimumAmount: string | null;
  /** One mail per customer; the highest step among its documents decides the text. */
  readonly isGrouped: boolean;
  /** The PDFs of one mail become one file; null: each is one of its own. */
  readonly joinPdfs: JoinPdfs | null;
  /** Held when the company's last bank file is older than so many days; null: no matter. */
  readonly bankDays: number | null;
  /** The hour of the company's zone from which on it has its turn. */
  readonly sendHour: number;
  /** By their days, earliest first. */
  readonly steps: readonly Step[];
  readonly author: Author;
  readonly createdAt: Date;
}

/** Kinds of which one can remind: what asks for money, and quotes before they expire. */
export const remindableKinds = [
  'invoice',
  'proforma',
  'statement',
  'quote',
] as const satisfies readonly DocumentKind[];

export interface PolicyChange {
  readonly name?: string;
  readonly isActive?: boolean;
  readonly mode?: Policy['mode'];
  readonly kinds?: readonly string[];
  readonly minimumAmount?: string | null;
  readonly isGrouped?: boolean;
  readonly joinPdfs?: JoinPdfs | null;
  readonly bankDays?: number | null;
  readonly sendHour?: number;
  readonly steps?: readonly Step[];
}

export type PolicyReason =
  | 'required'
  | 'too_long'
  | 'not_a_kind'
  | 'not_an_amount'
  | 'out_of_range'
  | 'twice'
  | 'too_many'
  /** A text without a subject, or a subject without a text. */
  | 'text_incomplete'
  | 'template_unreadable'
  | 'variable_unknown';

export interface PolicyProblem {
  readonly path: string;
  readonly reason: PolicyReason;
}

/** More often than that is no reminder any more. */
const mostSteps = 12;
const widestDays = 365;

/** What is wrong with a new or changed policy; empty when nothing is. */
export function policyProblems(change: PolicyChange): PolicyProblem[] {
  const { name, kinds, minimumAmount, bankDays, sendHour, steps } = change;
  const days = steps?.map((step) => step.days) ?? [];
  const rules: readonly (readonly [isWrong: boolean, path: string, reason: PolicyReason])[] = [
    [name?.trim() === '', 'name', 'required'],
    [(name?.length ?? 0) > 100, 'name', 'too_long'],
    [kinds?.length === 0, 'kinds', 'required'],
    [kinds?.some((kind) => !remindableKinds.some((one) => one === kind)) ?? false, 'kinds', 'not_a_kind'],
    [!!minimumAmount && !/^\d/.test(minimumAmount), 'minimumAmount', 'not_an_amount'],
    [!!minimumAmount && !isDecimal(minimumAmount), 'minimumAmount', 'not_an_amount'],
    [outside(bankDays ?? 1, 1, 90), 'bankDays', 'out_of_range'],
    [outside(sendHour ?? 0, 0, 23), 'sendHour', 'out_of_range'],
    [steps?.length === 0, 'steps', 'required'],
    [days.length > mostSteps, 'steps', 'too_many'],
    [new Set(days).size < days.length, 'steps', 'twice'],
    [days.some((one) => outside(one, -widestDays, widestDays)), 'steps', 'out_of_range'],
    [steps?.some(isTextTooLong) ?? false, 'steps', 'too_long'],
  ];
  const problems = rules.flatMap(([isWrong, path, reason]) => (isWrong ? [{ path, reason }] : []));
  return problems.length > 0 ? problems : problemsOfTexts(steps ?? []);
}

/** What keeps an own text of a step from ever being sent, as it would be of a template: each reason once. */
function problemsOfTexts(steps: readonly Step[]): PolicyProblem[] {
  const texts = steps.flatMap((step) => Object.entries(step.texts) as [Language, TextTemplate][]);
  const reasons = texts.flatMap(([language, text]) =>
    textProblems({ kind: 'invoice', purpose: 'reminder', language }, text).map(({ reason }) =>
      reasonOfText(reason),
    ),
  );
  return [...new Set(reasons)].map((reason) => ({ path: 'steps', reason }));
}

function reasonOfText(reason: TemplateProblem['reason']): PolicyReason {
  return reason === 'template_unreadable' || reason === 'variable_unknown' ? reason : 'text_incomplete';
}

function isTextTooLong({ texts }: Step): boolean {
  return Object.values(texts).some(
    (text) => (text?.html.length ?? 0) > maximumTextLength || (text?.subject.length ?? 0) > 500,
  );
}

function outside(value: number, least: number, most: number): boolean {
  return !Number.isInteger(value) || value < least || value > most;
}
