import { isLanguage, type Language } from '#base/language';
import type { EvidenceTables } from '#domain/evidence';
import { parseAddress } from '#mail/address';
import { asWorker, type Database } from '#stores/database';
import type { AccountTables } from './account-table.ts';
import { companyProblems } from './company.ts';
import { type FoundingProblem, insertNewCompany } from './found-company.ts';
import { invite } from './invite.ts';
import type { PeopleTables } from './people-table.ts';

/** A company that the operator makes for somebody else. */
export interface Opening {
  readonly name: string;
  readonly country: string;
  readonly language: Language;
  readonly ownerEmail: string;
  /** The operator. */
  readonly by: string;
}

export type Opened =
  | { readonly ok: true; readonly companyId: string; readonly token: string; readonly email: string }
  | { readonly ok: false; readonly problems: readonly FoundingProblem[] };

/**
 * Makes a company and an invitation for its owner, who joins by the link that is returned this once. Nothing is recorded about its customers until
 * the owner chooses otherwise. Refuses with the fields that are wrong.
 */
export async function openCompany(
  database: Database<AccountTables & PeopleTables & EvidenceTables>,
  opening: Opening,
  now: Date,
): Promise<Opened> {
  const { name, country, language, ownerEmail, by } = opening;
  const company = { name, country, language, trackingMode: 'none', trackingBasis: 'consent' } as const;
  const problems: FoundingProblem[] = [...companyProblems(company)];
  if (!isLanguage(language)) problems.push({ path: 'language', reason: 'required' });
  if (!parseAddress(ownerEmail).ok) problems.push({ path: 'email', reason: 'bad_address' });
  if (problems.length > 0) return { ok: false, problems };
  return asWorker(database, async (tx) => {
    const companyId = await insertNewCompany(tx, company, ownerEmail, now);
    const who = { companyId, email: ownerEmail, role: 'owner', by: { actor: 'user', id: by } } as const;
    const made = await invite(tx, who, now);
    if (!made.ok) return { ok: false, problems: [{ path: 'email', reason: 'bad_address' }] };
    return { ok: true, companyId, token: made.token, email: made.invitation.email };
  });
}
