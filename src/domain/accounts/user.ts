import type { Language } from '#base/language';

export type Role = 'owner' | 'member' | 'accountant';

/** Which kinds of document a member may send, and from which senders; null: all. */
export interface MemberLimits {
  readonly kinds: readonly string[] | null;
  readonly senderIds: readonly string[] | null;
}

/** A person who signs in. */
export interface User {
  readonly id: string;
  readonly email: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly language: Language;
}

/** A signed-in browser: who, for which company, as what. */
export interface Session {
  /** Names the session; it is not its secret. */
  readonly id: string;
  readonly user: User;
  readonly companyId: string;
  readonly role: Role;
  /** Runs the installation. */
  readonly isOperator: boolean;
  /** Opened by the company's single sign-on: it holds for this company alone, and changes nothing about the account itself. */
  readonly bySingleSignOn: boolean;
  /** Must come back with every form (synchronizer token). */
  readonly csrfToken: string;
}

export const shortestPassword = 10;

export function fullName(user: Pick<User, 'firstName' | 'lastName'>): string {
  return `${user.firstName} ${user.lastName}`.trim();
}
