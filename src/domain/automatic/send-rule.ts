import type { Author } from '#domain/dispatch';
import { type DocumentKind, documentKinds } from '#domain/documents';

/** How a document came in without a person. */
export const ruleSources = ['api', 'folder'] as const;
export type RuleSource = (typeof ruleSources)[number];

/** Which documents are sent as they arrive, and how. */
export interface SendRule {
  readonly id: string;
  readonly companyId: string;
  readonly name: string;
  readonly isActive: boolean;
  /** Empty: every kind. */
  readonly kinds: readonly DocumentKind[];
  /** Empty: every customer. */
  readonly customerIds: readonly string[];
  /** Of the customer, whatever their case; empty: every one, and customers without any. */
  readonly categories: readonly string[];
  readonly sources: readonly RuleSource[];
  /** null: the sender that the company's rule gives. */
  readonly senderId: string | null;
  /** So long it can still be canceled. */
  readonly waitMinutes: number;
  /** Only on working days from 8 to 18 h of the company's zone. */
  readonly officeHours: boolean;
  /** Who set it last: it sends in his name. */
  readonly author: Author;
  readonly createdAt: Date;
  readonly changedAt: Date;
}

export interface RuleChange {
  readonly name?: string;
  readonly isActive?: boolean;
  readonly kinds?: readonly string[];
  readonly customerIds?: readonly string[];
  readonly categories?: readonly string[];
  readonly sources?: readonly string[];
  readonly senderId?: string | null;
  readonly waitMinutes?: number;
  readonly officeHours?: boolean;
}

export interface RuleProblem {
  readonly path: string;
  readonly reason: 'required' | 'too_long' | 'too_many' | 'not_a_kind' | 'out_of_range' | 'sender_missing';
}

const longestWait = 10_080; // a week
const mostNamed = 200;

/** What is wrong with a new or changed rule, but for the sender, which the database knows; empty when nothing is. */
export function ruleProblems(change: RuleChange): RuleProblem[] {
  const { name, kinds, sources, customerIds, categories, waitMinutes } = change;
  const isKind = (kind: string): boolean => documentKinds.some((one) => one === kind);
  const isSource = (source: string): boolean => ruleSources.some((one) => one === source);
  const isMinutes = (value: number): boolean => Number.isInteger(value) && value >= 0 && value <= longestWait;
  const rules: readonly (readonly [isWrong: boolean, path: string, reason: RuleProblem['reason']])[] = [
    [name?.trim() === '', 'name', 'required'],
    [(name?.length ?? 0) > 100, 'name', 'too_long'],
    [kinds?.some((kind) => !isKind(kind)) ?? false, 'kinds', 'not_a_kind'],
    [sources !== undefined && !sources.some(isSource), 'sources', 'required'],
    [(customerIds?.length ?? 0) > mostNamed, 'customerIds', 'too_many'],
    [(categories?.length ?? 0) > mostNamed, 'categories', 'too_many'],
    [!isMinutes(waitMinutes ?? 0), 'waitMinutes', 'out_of_range'],
  ];
  return rules.flatMap(([isWrong, path, reason]) => (isWrong ? [{ path, reason }] : []));
}

/** Why a rule has nothing to do with a document. */
export type RuleMiss = 'switched_off' | 'other_source' | 'other_kind' | 'other_customer' | 'other_category';

/** Why a rule does not fit a document; null when it does. A `source` of null means any that the rule takes. */
export function missOf(
  rule: SendRule,
  of: {
    readonly kind: DocumentKind;
    readonly customerId: string | null;
    readonly category: string | null;
    readonly source: RuleSource | null;
  },
): RuleMiss | null {
  const { kinds, customerIds, categories, sources } = rule;
  const category = of.category?.toLowerCase() ?? null;
  if (!rule.isActive) return 'switched_off';
  if (of.source !== null && !sources.includes(of.source)) return 'other_source';
  if (kinds.length > 0 && !kinds.includes(of.kind)) return 'other_kind';
  if (customerIds.length > 0 && !customerIds.includes(of.customerId ?? '')) return 'other_customer';
  const isNamed = categories.some((one) => one.toLowerCase() === category);
  return categories.length > 0 && !isNamed ? 'other_category' : null;
}
