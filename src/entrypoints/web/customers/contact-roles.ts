import { type ContactRole as DomainRole, contactRoles as domainRoles } from '#domain/customers';
import { type ContactRole, contactRoles } from '../screens/customer-model.ts';

/** What each tick of the form stands for. */
const parts: Readonly<Record<ContactRole, readonly DomainRole[]>> = {
  invoices: ['invoice', 'credit_note', 'proforma', 'receipt', 'statement'],
  quotes: ['quote', 'order'],
  reminders: ['reminder'],
  other: ['delivery_note', 'work_report', 'other'],
};

/** The ticks of a contact; in the domain no role means all of them. */
export function shownRoles(roles: readonly DomainRole[]): ContactRole[] {
  if (roles.length === 0) return [...contactRoles];
  return contactRoles.filter((shown) => parts[shown].some((role) => roles.includes(role)));
}

/**
 * The domain's roles for these ticks; null where none is ticked. A tick that stays keeps what it stood for before: a program
 * may have given a contact some kinds of a tick only.
 */
export function domainRolesOf(
  ticks: readonly string[],
  before: readonly DomainRole[] | null,
): DomainRole[] | null {
  const ticked = contactRoles.filter((role) => ticks.includes(role));
  if (ticked.length === 0) return null;
  const known = before === null || before.length === 0 ? domainRoles : before;
  const roles = ticked.flatMap((shown) => {
    const kept = parts[shown].filter((role) => known.includes(role));
    return kept.length > 0 ? kept : parts[shown];
  });
  return roles.length === domainRoles.length ? [] : roles;
}
