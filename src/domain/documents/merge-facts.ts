import { compareDecimals } from './decimal.ts';
import type { Facts, ProposedFacts } from './document.ts';
import type { PreparedDocument } from './prepare-document.ts';

const unknownFacts: Facts = {
  kind: 'invoice', // what is sent most; a plain PDF's form shows it for change
  number: null,
  issueDate: null,
  dueDate: null,
  currency: null,
  total: null,
  amountDue: null,
  sellerName: null,
  buyerName: null,
  buyerVatId: null,
  buyerCountry: null,
  buyerLanguage: null,
  buyerEmails: [],
};

type Changeable = { -readonly [Name in keyof Facts]?: Facts[Name] };

/**
 * The facts of a new document: given ones before read ones before those of the version that it replaces. What stays unknown
 * keeps its guess in `proposed`.
 */
export function mergeFacts(
  prepared: Pick<PreparedDocument, 'given' | 'read' | 'proposed' | 'files'>,
  replaced: Facts | null = null,
): { facts: Facts; proposed: ProposedFacts } {
  const own = { ...withoutUnknown(prepared.read), ...withoutUnknown(prepared.given) };
  const carried = replaced ? carryOver(replaced, own, prepared) : {};
  const kind = own.kind ?? carried.kind ?? prepared.proposed.kind ?? unknownFacts.kind;
  const facts: Facts = { ...unknownFacts, ...carried, ...own, kind };
  return { facts, proposed: stillUnknown(prepared.proposed, facts) };
}

/** The guesses whose facts are still unknown. */
export function stillUnknown(proposed: ProposedFacts, facts: Facts): ProposedFacts {
  const entries = Object.entries(proposed).filter(([name]) =>
    name === 'customerId' ? true : isUnknown(facts[name as keyof Facts]),
  );
  return Object.fromEntries(entries);
}

/** Tells whether a fact says nothing: null, absent, or no addresses. */
export function isUnknown(value: Facts[keyof Facts] | undefined): boolean {
  return value === null || value === undefined || value.length === 0;
}

/** Tells whether two sets of facts speak of the same buyer, as far as both say who it is. */
export function namesSameBuyer(a: Partial<Facts>, b: Partial<Facts>): boolean {
  if (a.buyerVatId && b.buyerVatId) return a.buyerVatId === b.buyerVatId;
  if (a.buyerName && b.buyerName) return a.buyerName.toLowerCase() === b.buyerName.toLowerCase();
  return true;
}

/**
 * What a new version takes over. An electronic invoice says its facts itself, only addresses and language were typed; a plain
 * PDF takes all of them, except those for which its text suggests another value: a person decides.
 */
function carryOver(
  replaced: Facts,
  own: Partial<Facts>,
  { proposed, files }: Pick<PreparedDocument, 'proposed' | 'files'>,
): Partial<Facts> {
  const carried: Changeable = { ...withoutUnknown(replaced) };
  const drop = (...names: (keyof Facts)[]): void => {
    for (const name of names) delete carried[name];
  };
  if (files?.format !== 'pdf')
    drop('kind', 'number', 'issueDate', 'dueDate', 'currency', 'total', 'amountDue', 'sellerName');
  for (const name of ['number', 'issueDate', 'dueDate', 'currency', 'total', 'amountDue'] as const)
    if (differ(proposed[name], replaced[name])) drop(name);
  if (carried.total === undefined || differ(own.total, replaced.total)) drop('amountDue');
  if (!namesSameBuyer(own, replaced))
    drop('buyerName', 'buyerVatId', 'buyerCountry', 'buyerLanguage', 'buyerEmails');
  return carried;
}

function differ(a: string | null | undefined, b: string | null): boolean {
  if (!a || !b || a === b) return false;
  const bothAmounts = /^-?\d+(\.\d+)?$/.test(a) && /^-?\d+(\.\d+)?$/.test(b);
  return !bothAmounts || compareDecimals(a, b) !== 0;
}

function withoutUnknown(facts: Partial<Facts>): Partial<Facts> {
  return Object.fromEntries(
    Object.entries(facts).filter(([, value]) => !isUnknown(value as Facts[keyof Facts])),
  );
}
