import type { Generated, Insertable, Selectable } from 'kysely';
import type { Language } from '#base/language';
import type { Tx } from '#stores/database';
import type { Company, CompanyChange, TrackingBasis, TrackingMode } from './company.ts';
import { featuresOfCompany, limitsOfCompany } from './company-features-table.ts';
import type { Feature, PlanLimits, PlanTables } from './plan.ts';
import type { PlanUseTables } from './plan-use-table.ts';
import type { Role, User } from './user.ts';

export interface AccountTables extends PlanTables, PlanUseTables {
  companies: {
    id: string;
    name: string;
    address: Generated<string>;
    country: string;
    vat_id: string | null;
    language: Language;
    time_zone: string;
    logo: string | null;
    brand_color: string | null;
    tracking_mode: TrackingMode;
    tracking_basis: TrackingBasis;
    undo_seconds: Generated<number>;
    link_days: Generated<number>;
    retention_days: Generated<number>;
    erasure_on_request: Generated<'ask' | 'automatic'>;
    fiscal_month: Generated<number>;
    tracking_by_kind: Generated<Record<string, TrackingMode>>;
    hints_off: Generated<string[]>;
    plan: string | null;
    attach_documents: boolean | null;
    default_cc: Generated<string[]>;
    default_bcc: Generated<string[]>;
    copy_to_sender: Generated<boolean>;
    hide_sender: Generated<boolean>;
    track_replies: Generated<boolean>;
    file_name_patterns: Generated<Record<string, Record<string, string>>>;
    letter_footer: Generated<string>;
    payment_link: string | null;
    iban: string | null;
    bic: string | null;
    account_holder: string | null;
    quote_terms: Generated<string>;
    decision_code_above: string | null;
    single_sign_on_only: Generated<boolean>;
    created_at: Date;
  };
  users: {
    id: string;
    email: string;
    first_name: string;
    last_name: string;
    password_hash: string;
    language: Language;
    created_at: Date;
  };
  members: {
    company_id: string;
    user_id: string;
    role: Role;
    kinds: Generated<string[] | null>;
    sender_ids: Generated<string[] | null>;
    created_at: Date;
  };
}

type AccountTx = Tx<AccountTables>;

export async function insertCompany(
  tx: AccountTx,
  row: Insertable<AccountTables['companies']>,
): Promise<void> {
  await tx.insertInto('companies').values(row).execute();
}

export async function selectCompany(tx: AccountTx, id: string): Promise<Company | null> {
  const row = await tx
    .selectFrom('companies')
    .selectAll()
    .select(featuresOfCompany.as('features'))
    .select(limitsOfCompany.as('limits'))
    .where('id', '=', id)
    .executeTakeFirst();
  return row ? toCompany(row) : null;
}

export async function selectCompanyIds(tx: AccountTx): Promise<string[]> {
  const rows = await tx.selectFrom('companies').select('id').orderBy('created_at').execute();
  return rows.map((row) => row.id);
}

export async function updateCompany(tx: AccountTx, id: string, change: CompanyChange): Promise<void> {
  const set = {
    name: change.name,
    address: change.address,
    country: change.country,
    vat_id: change.vatId,
    language: change.language,
    time_zone: change.timeZone,
    logo: change.logo,
    brand_color: change.brandColor,
    tracking_mode: change.trackingMode,
    tracking_basis: change.trackingBasis,
    undo_seconds: change.undoSeconds,
    link_days: change.linkDays,
    retention_days: change.retentionDays,
    erasure_on_request: change.erasureOnRequest,
    fiscal_month: change.fiscalMonth,
    tracking_by_kind: change.trackingByKind ? JSON.stringify(change.trackingByKind) : undefined,
    hints_off: change.hintsOff ? [...change.hintsOff] : undefined,
    attach_documents: change.attachDocuments,
    default_cc: change.defaultCc ? [...change.defaultCc] : undefined,
    default_bcc: change.defaultBcc ? [...change.defaultBcc] : undefined,
    copy_to_sender: change.copyToSender,
    hide_sender: change.hideSender,
    track_replies: change.trackReplies,
    file_name_patterns: change.fileNamePatterns ? JSON.stringify(change.fileNamePatterns) : undefined,
    letter_footer: change.letterFooter,
    payment_link: change.paymentLink,
    iban: change.iban,
    bic: change.bic,
    account_holder: change.accountHolder,
    quote_terms: change.quoteTerms,
    decision_code_above: change.decisionCodeAbove,
  };
  if (Object.values(set).every((value) => value === undefined)) return;
  await tx
    .updateTable('companies')
    .set(set as never)
    .where('id', '=', id)
    .execute();
}

export async function insertUser(tx: AccountTx, row: Insertable<AccountTables['users']>): Promise<void> {
  await tx.insertInto('users').values(row).execute();
}

export async function selectUserByEmail(
  tx: AccountTx,
  email: string,
): Promise<Selectable<AccountTables['users']> | null> {
  const row = await tx
    .selectFrom('users')
    .selectAll()
    .where((where) => where.eb(where.fn('lower', ['email']), '=', email.toLowerCase()))
    .executeTakeFirst();
  return row ?? null;
}

export async function updateUser(
  tx: AccountTx,
  id: string,
  change: { firstName?: string; lastName?: string; language?: Language; passwordHash?: string },
): Promise<void> {
  const set = {
    first_name: change.firstName,
    last_name: change.lastName,
    language: change.language,
    password_hash: change.passwordHash,
  };
  if (Object.values(set).every((value) => value === undefined)) return;
  await tx
    .updateTable('users')
    .set(set as never)
    .where('id', '=', id)
    .execute();
}

/** The person with that id. */
export async function selectUser(tx: AccountTx, userId: string): Promise<User | null> {
  const row = await tx.selectFrom('users').selectAll().where('id', '=', userId).executeTakeFirst();
  return row ? toUser(row) : null;
}

export function toUser(row: Omit<Selectable<AccountTables['users']>, 'password_hash' | 'created_at'>): User {
  return {
    id: row.id,
    email: row.email,
    firstName: row.first_name,
    lastName: row.last_name,
    language: row.language,
  };
}

function toCompany(
  row: Selectable<AccountTables['companies']> & {
    readonly features: Feature[] | null;
    readonly limits: PlanLimits | null;
  },
): Company {
  return {
    id: row.id,
    name: row.name,
    address: row.address,
    country: row.country,
    vatId: row.vat_id,
    language: row.language,
    timeZone: row.time_zone,
    logo: row.logo,
    brandColor: row.brand_color,
    trackingMode: row.tracking_mode,
    trackingBasis: row.tracking_basis,
    undoSeconds: row.undo_seconds,
    linkDays: row.link_days,
    retentionDays: row.retention_days,
    erasureOnRequest: row.erasure_on_request,
    fiscalMonth: row.fiscal_month,
    trackingByKind: row.tracking_by_kind,
    hintsOff: row.hints_off,
    plan: row.plan,
    features: row.features,
    limits: row.limits ?? {},
    attachDocuments: row.attach_documents,
    defaultCc: row.default_cc,
    defaultBcc: row.default_bcc,
    copyToSender: row.copy_to_sender,
    hideSender: row.hide_sender,
    trackReplies: row.track_replies,
    fileNamePatterns: row.file_name_patterns,
    letterFooter: row.letter_footer,
    paymentLink: row.payment_link,
    iban: row.iban,
    bic: row.bic,
    accountHolder: row.account_holder,
    quoteTerms: row.quote_terms,
    decisionCodeAbove: row.decision_code_above,
    createdAt: row.created_at,
  };
}
