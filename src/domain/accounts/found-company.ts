import { hashPassword } from '#base/crypto';
import { newId } from '#base/ids';
import { isLanguage, type Language } from '#base/language';
import { type EvidenceTables, record } from '#domain/evidence';
import { parseAddress } from '#mail/address';
import { asWorker, type Database, type Tx } from '#stores/database';
import {
  type AccountTables,
  insertCompany,
  insertUser,
  selectCompanyIds,
  selectUserByEmail,
} from './account-table.ts';
import {
  type CompanyChange,
  companyProblems,
  type FieldProblem,
  type TrackingBasis,
  type TrackingMode,
  usualTimeZone,
} from './company.ts';
import { insertMember } from './membership-table.ts';
import { insertOperator, type OperatorTables } from './operator-table.ts';
import { shortestPassword } from './user.ts';

export interface Founding {
  readonly company: {
    readonly name: string;
    readonly address?: string;
    readonly country: string;
    readonly vatId?: string | null;
    readonly language: Language;
    readonly trackingMode: TrackingMode;
    readonly trackingBasis: TrackingBasis;
  };
  readonly owner: {
    readonly email: string;
    readonly password: string;
    readonly firstName: string;
    readonly lastName: string;
  };
}

export type FoundingProblem =
  | FieldProblem
  | { readonly path: string; readonly reason: 'bad_address' | 'password_too_short' | 'taken' | 'required' };

export type Founded =
  | { readonly ok: true; readonly companyId: string; readonly userId: string }
  | { readonly ok: false; readonly problems: readonly FoundingProblem[] };

/** Makes a company and its owner. Refuses with the fields that are wrong. */
export async function foundCompany(
  database: Database<AccountTables & OperatorTables & EvidenceTables>,
  input: Founding,
  now: Date,
): Promise<Founded> {
  const problems = foundingProblems(input);
  if (problems.length > 0) return { ok: false, problems };
  const passwordHash = await hashPassword(input.owner.password);
  return asWorker(database, async (tx) => {
    if (await selectUserByEmail(tx, input.owner.email))
      return { ok: false, problems: [{ path: 'email', reason: 'taken' }] };
    return found(tx, input, passwordHash, now);
  });
}

/** Tells whether the installation has no company yet: the first visitor sees the set-up page. */
export function isEmptyInstallation(database: Database<AccountTables>): Promise<boolean> {
  return asWorker(database, async (tx) => (await selectCompanyIds(tx)).length === 0);
}

async function found(
  tx: Tx<AccountTables & OperatorTables & EvidenceTables>,
  { company, owner }: Founding,
  passwordHash: string,
  now: Date,
): Promise<Founded> {
  const isFirst = (await selectCompanyIds(tx)).length === 0;
  const companyId = await insertNewCompany(tx, company, owner.email, now);
  const userId = newId('user', now);
  await insertUser(tx, {
    id: userId,
    email: owner.email.trim(),
    first_name: owner.firstName.trim(),
    last_name: owner.lastName.trim(),
    password_hash: passwordHash,
    language: company.language,
    created_at: now,
  });
  await insertMember(tx, { company_id: companyId, user_id: userId, role: 'owner', created_at: now });
  // Who sets an installation up runs it.
  if (isFirst) await insertOperator(tx, userId, now);
  return { ok: true, companyId, userId };
}

/** Writes a new company with its first event, and returns its id. The fields were checked before. */
export async function insertNewCompany(
  tx: Tx<AccountTables & EvidenceTables>,
  company: Founding['company'],
  ownerEmail: string,
  now: Date,
): Promise<string> {
  const companyId = newId('company', now);
  await insertCompany(tx, {
    id: companyId,
    name: company.name.trim(),
    address: company.address?.trim() ?? '',
    country: company.country,
    vat_id: company.vatId?.trim() || null,
    language: company.language,
    time_zone: usualTimeZone(company.country),
    logo: null,
    brand_color: null,
    tracking_mode: company.trackingMode,
    tracking_basis: company.trackingBasis,
    attach_documents: null,
    created_at: now,
  });
  const { country, trackingMode, trackingBasis } = company;
  await record(tx, [
    {
      type: 'company.founded',
      companyId,
      at: now,
      actor: 'user',
      data: { country, trackingMode, trackingBasis },
      personal: { name: company.name, owner: ownerEmail },
    },
  ]);
  return companyId;
}

/** What is wrong with the fields of a new company and its owner; empty when nothing is. An address that is taken shows only later. */
export function foundingProblems({ company, owner }: Founding): FoundingProblem[] {
  const problems: FoundingProblem[] = [...companyProblems(company satisfies CompanyChange)];
  if (!isLanguage(company.language)) problems.push({ path: 'language', reason: 'required' });
  if (!parseAddress(owner.email).ok) problems.push({ path: 'email', reason: 'bad_address' });
  if (owner.password.length < shortestPassword)
    problems.push({ path: 'password', reason: 'password_too_short' });
  if (owner.firstName.trim() === '') problems.push({ path: 'firstName', reason: 'required' });
  return problems;
}
