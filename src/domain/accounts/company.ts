import { isLanguage, type Language } from '#base/language';
import { isBic, isIban, isPaymentLink } from '#formats/payslip';
import type { Feature, PlanLimits } from './plan.ts';

export type TrackingMode = 'none' | 'links' | 'full';
export type TrackingBasis = 'consent' | 'other';

/** A company that sends: its look, its languages and its defaults. */
export interface Company {
  readonly id: string;
  readonly name: string;
  readonly address: string;
  readonly country: string;
  readonly vatId: string | null;
  readonly language: Language;
  readonly timeZone: string;
  /** SHA-256 of the logo in the files store (PNG), or null. */
  readonly logo: string | null;
  /** `#rrggbb`, for portal and mails. */
  readonly brandColor: string | null;
  /** The ceiling: lower levels may only narrow it. */
  readonly trackingMode: TrackingMode;
  /** `consent`: contacts whose consent is unknown are not tracked. */
  readonly trackingBasis: TrackingBasis;
  readonly undoSeconds: number;
  readonly linkDays: number;
  readonly retentionDays: number;
  /** When a recipient asks for it: somebody of the company erases, or it is done at once. */
  readonly erasureOnRequest: 'ask' | 'automatic';
  /** The month in which the business year begins, 1 to 12. */
  readonly fiscalMonth: number;
  /** kind → the most that is recorded of mails with such documents; never more than the company's own mode. */
  readonly trackingByKind: Readonly<Record<string, TrackingMode>>;
  /** Hints that nobody here wants to see. */
  readonly hintsOff: readonly string[];
  /** The name of the plan that the operator gave; null: the usual one. */
  readonly plan: string | null;
  /** What the plan holds; null where there are no plans: everything. */
  readonly features: readonly Feature[] | null;
  /** How much of something its plan holds; empty: no limits. */
  readonly limits: PlanLimits;
  /** null: attach with an own sender, link with the platform's. */
  readonly attachDocuments: boolean | null;
  readonly defaultCc: readonly string[];
  readonly defaultBcc: readonly string[];
  readonly copyToSender: boolean;
  /** Registered and confidential deliveries do not name the sender before acceptance, unless a send says otherwise. */
  readonly hideSender: boolean;
  /** Answers come to an address of ours, are recorded and passed on to where they would have gone. */
  readonly trackReplies: boolean;
  /** kind → language → pattern such as `Invoice {number}`. */
  readonly fileNamePatterns: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Lines at the foot of letters, such as what a law demands. */
  readonly letterFooter: string;
  /** Where a document is paid, with `{number}`, `{amount}`, `{currency}`, `{customer}`; null: nowhere. */
  readonly paymentLink: string | null;
  /** The account that customers pay to, without blanks. */
  readonly iban: string | null;
  readonly bic: string | null;
  /** null: the company's name. */
  readonly accountHolder: string | null;
  /** What somebody agrees to who accepts a quote. */
  readonly quoteTerms: string;
  /** Accepting a quote of a higher amount needs a code from the mailbox; a decimal string, null: never. */
  readonly decisionCodeAbove: string | null;
  readonly createdAt: Date;
}

export type CompanyChange = Partial<Omit<Company, 'id' | 'createdAt' | 'plan' | 'features' | 'limits'>>;

export interface FieldProblem {
  readonly path: string;
  readonly reason:
    | 'required'
    | 'too_long'
    | 'not_a_country'
    | 'not_a_language'
    | 'not_a_time_zone'
    | 'not_a_color'
    | 'not_an_iban'
    | 'not_a_bic'
    | 'not_a_payment_link'
    | 'not_an_amount'
    | 'out_of_range';
}

/** What is wrong with the fields of a new or changed company; empty when nothing is. */
export function companyProblems(change: CompanyChange): FieldProblem[] {
  const problems: FieldProblem[] = [];
  const check = (path: keyof CompanyChange, reason: FieldProblem['reason'], isWrong: boolean): void => {
    if (change[path] !== undefined && change[path] !== null && isWrong) problems.push({ path, reason });
  };
  check('name', 'required', change.name?.trim() === '');
  check('name', 'too_long', (change.name?.length ?? 0) > 200);
  check('address', 'too_long', (change.address?.length ?? 0) > 1000);
  check('country', 'not_a_country', !/^[A-Z]{2}$/.test(change.country ?? 'BE')); // ISO 3166-1 alpha-2
  check('language', 'not_a_language', !isLanguage(change.language ?? 'en'));
  check('timeZone', 'not_a_time_zone', !isTimeZone(change.timeZone ?? 'UTC'));
  check('brandColor', 'not_a_color', !/^#[0-9a-f]{6}$/i.test(change.brandColor ?? '#000000'));
  check('letterFooter', 'too_long', (change.letterFooter?.length ?? 0) > 1000);
  check('paymentLink', 'not_a_payment_link', !isPaymentLink(change.paymentLink ?? ''));
  check('iban', 'not_an_iban', !isIban(change.iban ?? ''));
  check('bic', 'not_a_bic', !isBic(change.bic ?? ''));
  check('accountHolder', 'too_long', (change.accountHolder?.length ?? 0) > 70);
  check('quoteTerms', 'too_long', (change.quoteTerms?.length ?? 0) > 5000);
  check('decisionCodeAbove', 'not_an_amount', !/^\d{1,12}(\.\d{1,2})?$/.test(change.decisionCodeAbove ?? ''));
  check('undoSeconds', 'out_of_range', outside(change.undoSeconds, 0, 600));
  check('linkDays', 'out_of_range', outside(change.linkDays, 1, 3650));
  check('retentionDays', 'out_of_range', outside(change.retentionDays, 30, 3650));
  check('fiscalMonth', 'out_of_range', outside(change.fiscalMonth, 1, 12));
  return problems;
}

/** The time zone in which a company of that country usually lives (IANA name); UTC where there is no usual one. */
export function usualTimeZone(country: string): string {
  return timeZones[country] ?? 'UTC';
}

const timeZones: Readonly<Record<string, string>> = {
  AT: 'Europe/Vienna',
  BE: 'Europe/Brussels',
  CH: 'Europe/Zurich',
  DE: 'Europe/Berlin',
  ES: 'Europe/Madrid',
  FR: 'Europe/Paris',
  GB: 'Europe/London',
  IE: 'Europe/Dublin',
  IT: 'Europe/Rome',
  LU: 'Europe/Luxembourg',
  MD: 'Europe/Chisinau',
  NL: 'Europe/Amsterdam',
  PT: 'Europe/Lisbon',
  RO: 'Europe/Bucharest',
};

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }) !== null;
  } catch {
    return false;
  }
}

function outside(value: number | undefined, least: number, most: number): boolean {
  return value !== undefined && !(Number.isInteger(value) && value >= least && value <= most);
}
