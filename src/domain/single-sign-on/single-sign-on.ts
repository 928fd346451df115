/** What people with an address at a proved domain may become by themselves: never an owner. */
export const newcomerRoles = ['member', 'accountant'] as const;
export type NewcomerRole = (typeof newcomerRoles)[number];

/** A company's way in by its own identity service, without the secret. */
export interface SingleSignOn {
  readonly companyId: string;
  readonly issuer: string;
  readonly clientId: string;
  /** Null: only who belongs to the company or was invited comes in. */
  readonly newcomerRole: NewcomerRole | null;
  /** Members and accountants have no other way in. */
  readonly isRequired: boolean;
  readonly changedAt: Date;
  /** When somebody last came in by it, since it was pointed to this issuer; null: never. */
  readonly lastUsedAt: Date | null;
}

export interface SingleSignOnInput {
  readonly issuer: string;
  readonly clientId: string;
  /** Absent: the one that is kept. */
  readonly clientSecret?: string;
  readonly newcomerRole: NewcomerRole | null;
  readonly isRequired: boolean;
}

export interface SingleSignOnProblem {
  readonly path: 'issuer' | 'clientId' | 'clientSecret' | 'isRequired';
  readonly reason:
    | 'required'
    | 'too_long'
    | 'issuer_invalid'
    | 'issuer_unreachable'
    | 'issuer_unfit'
    | 'secret_needed_again'
    | 'sign_in_first';
}

/** Whom the issuer says that it has before it. */
export interface Identity {
  readonly subject: string;
  readonly email: string | null;
  /** The issuer knows that the mailbox is this person's. */
  readonly isVerified: boolean;
  readonly firstName: string;
  readonly lastName: string;
}

const longest = { issuer: 500, clientId: 300, clientSecret: 1000 } as const;

/** What can be said about the fields without asking the issuer. */
export function inputProblems(
  input: SingleSignOnInput,
  before: SingleSignOn | null,
  allowsPlainHttp: boolean,
): SingleSignOnProblem[] {
  const problems: SingleSignOnProblem[] = [];
  const isElsewhere =
    !before || before.issuer !== input.issuer.trim() || before.clientId !== input.clientId.trim();
  for (const path of ['issuer', 'clientId', 'clientSecret'] as const) {
    const value = input[path]?.trim();
    if (value === '') problems.push({ path, reason: 'required' });
    else if ((value?.length ?? 0) > longest[path]) problems.push({ path, reason: 'too_long' });
  }
  // A secret must not be sent to another place than the one that it was typed for.
  if (input.clientSecret === undefined && isElsewhere)
    problems.push({ path: 'clientSecret', reason: before ? 'secret_needed_again' : 'required' });
  if (input.issuer.trim() !== '' && !isIssuer(input.issuer.trim(), allowsPlainHttp))
    problems.push({ path: 'issuer', reason: 'issuer_invalid' });
  if (input.isRequired && (isElsewhere || !before?.lastUsedAt))
    problems.push({ path: 'isRequired', reason: 'sign_in_first' });
  return problems;
}

/** OpenID Connect Core §2 (`iss`): an https address without query and fragment. Plain http on this machine only, for laboratories. */
function isIssuer(text: string, allowsPlainHttp: boolean): boolean {
  if (!URL.canParse(text) || /[?#\s]/.test(text)) return false;
  const { protocol, hostname, username, password } = new URL(text);
  if (username !== '' || password !== '') return false;
  const isHere = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/.test(hostname);
  return protocol === 'https:' || (protocol === 'http:' && isHere && allowsPlainHttp);
}
