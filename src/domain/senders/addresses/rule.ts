/** How a mail gets its address: a person picks it, or it follows from who sends, what is sent, or the text. */
export const senderRules = ['at_send', 'per_user', 'per_kind', 'per_template'] as const;
export type SenderRule = (typeof senderRules)[number];

/** Rules that assign an address to somebody or something here; `per_template` keeps it with the text. */
export type AssigningRule = Extract<SenderRule, 'per_user' | 'per_kind'>;

/** A company's rule, and the addresses that the rules know: by user id, by kind. Whoever has none sends from the company's. */
export interface AddressRule {
  readonly rule: SenderRule;
  readonly users: Readonly<Record<string, string>>;
  readonly kinds: Readonly<Record<string, string>>;
}

export function isAssigning(rule: SenderRule): rule is AssigningRule {
  return rule === 'per_user' || rule === 'per_kind';
}
