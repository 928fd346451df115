import { type Selectable, sql } from 'kysely';
import { sha256 } from '#base/crypto';
import type { Tx } from '#stores/database';
import type { ProofTables } from './addresses/proof-table.ts';
import type { RuleTables } from './addresses/rule-table.ts';
import type { DomainTables } from './domains/domain-table.ts';
import type { GrantTables } from './grants/grant-table.ts';
import type { Sender, SenderMethod, SenderProblem, SenderState, SmtpSettings, TlsPolicy } from './sender.ts';
import { noLimits, type SenderLimitsInput } from './sender-limits.ts';

/** Of senders without a server of their own. */
export type HouseSettings = {
  readonly host?: undefined;
  readonly tls?: TlsPolicy;
  /** Of an account at Google or Microsoft. */
  readonly usesMailbox?: boolean;
};

export interface SenderTables extends DomainTables, GrantTables, RuleTables, ProofTables {
  senders: {
    id: string;
    company_id: string;
    method: SenderMethod;
    name: string;
    address: string;
    reply_to: string | null;
    /** Empty for the sandbox. */
    settings: SmtpSettings | HouseSettings;
    secret: Buffer | null;
    state: SenderState;
    problem: string | null;
    checked_at: Date | null;
    is_default: boolean;
    reply_to_proven: boolean;
    via_sender_id: string | null;
    provider: 'incamail' | null;
    limits: SenderLimitsInput;
    created_at: Date;
    deleted_at: Date | null;
  };
}

export type SenderRow = Selectable<SenderTables['senders']>;
type SenderTx = Tx<SenderTables>;

export async function insertSender(tx: SenderTx, row: SenderRow): Promise<void> {
  await tx.insertInto('senders').values(row).execute();
}

/** The row with its sealed secret, deleted ones included; the secret stays inside this folder. */
export async function selectSender(
  tx: SenderTx,
  companyId: string,
  senderId: string,
): Promise<SenderRow | undefined> {
  return tx
    .selectFrom('senders')
    .selectAll()
    .where('company_id', '=', companyId)
    .where('id', '=', senderId)
    .executeTakeFirst();
}

/**
 * All rows of the company, locked until the transaction ends, in the order of their ids: whoever changes one may also have
 * to move the default mark, and two of them must neither wait for each other nor both leave a mark.
 */
export async function lockSenders(tx: SenderTx, companyId: string): Promise<SenderRow[]> {
  return tx
    .selectFrom('senders')
    .selectAll()
    .where('company_id', '=', companyId)
    .orderBy('id')
    .forUpdate()
    .execute();
}

/** Of which company a sender is. */
export async function selectCompanyOf(tx: SenderTx, senderId: string): Promise<string | undefined> {
  const row = await tx
    .selectFrom('senders')
    .select('company_id')
    .where('id', '=', senderId)
    .executeTakeFirst();
  return row?.company_id;
}

/** The company's senders that are not deleted, the default first, then by age; or the deleted ones too. */
export async function selectSenders(
  tx: SenderTx,
  companyId: string,
  which: 'present' | 'with deleted' = 'present',
): Promise<SenderRow[]> {
  const all = tx.selectFrom('senders').selectAll().where('company_id', '=', companyId);
  return (which === 'present' ? all.where('deleted_at', 'is', null) : all)
    .orderBy('is_default', 'desc')
    .orderBy('created_at')
    .orderBy('id')
    .execute();
}

/**
 * Senders of all companies to look at again: those without proof that were not looked at since `daily`, and broken ones with one of
 * these problems since `hourly`. In no order, so that some that cannot be told never keep others from their turn. For workers.
 */
export async function selectSendersToCheck(
  tx: SenderTx,
  before: { readonly daily: Date; readonly hourly: Date },
  problems: readonly string[],
  limit: number,
): Promise<Pick<SenderRow, 'id' | 'company_id'>[]> {
  return tx
    .selectFrom('senders')
    .select(['id', 'company_id'])
    .where('deleted_at', 'is', null)
    .where((is) =>
      is.or([
        is.and([
          is('method', '=', 'open'),
          is('state', '!=', 'broken'),
          is.or([is('checked_at', 'is', null), is('checked_at', '<', before.daily)]),
        ]),
        is.and([
          is('state', '=', 'broken'),
          is('problem', 'in', [...problems]),
          is('checked_at', '<', before.hourly),
        ]),
      ]),
    )
    .orderBy(sql`random()`)
    .limit(limit)
    .execute();
}

export async function updateSender(
  tx: SenderTx,
  row: Pick<SenderRow, 'id' | 'company_id'>,
  changes: Partial<SenderRow>,
): Promise<void> {
  await tx
    .updateTable('senders')
    .set(changes)
    .where('company_id', '=', row.company_id)
    .where('id', '=', row.id)
    .execute();
}

/** Takes the mark from the old default; at most one row has it (unique index). */
export async function clearDefault(tx: SenderTx, companyId: string): Promise<void> {
  await tx
    .updateTable('senders')
    .set({ is_default: false })
    .where('company_id', '=', companyId)
    .where('is_default', '=', true)
    .execute();
}

/** Rows by id over all companies that `tx` may see, deleted ones included. */
export async function selectByIds(tx: SenderTx, ids: readonly string[]): Promise<SenderRow[]> {
  if (ids.length === 0) return [];
  return tx
    .selectFrom('senders')
    .selectAll()
    .where('id', 'in', [...ids])
    .execute();
}

/** What a new sender begins with. */
export function emptyRow(id: string, companyId: string, now: Date) {
  return {
    id,
    company_id: companyId,
    reply_to: null,
    settings: {},
    secret: null,
    state: 'unchecked' as const,
    problem: null,
    checked_at: null,
    is_default: false,
    reply_to_proven: true,
    via_sender_id: null,
    provider: null,
    limits: {},
    created_at: now,
    deleted_at: null,
  };
}

/** The sender as others get it, without its secret; null for a method of which this version knows nothing. */
export function toSender(row: SenderRow): Sender | null {
  const facts = {
    id: row.id,
    companyId: row.company_id,
    name: row.name,
    address: row.address,
    replyTo: row.reply_to,
    replyToProven: row.reply_to_proven,
    viaSenderId: row.via_sender_id,
    limits: { ...noLimits, ...row.limits },
    state: row.state,
    problem: row.problem as SenderProblem | null,
    checkedAt: row.checked_at,
    isDefault: row.is_default,
    createdAt: row.created_at,
    ...(row.provider ? { provider: row.provider } : {}),
    deletedAt: row.deleted_at,
  };
  if (row.method === 'sandbox') return { ...facts, method: 'sandbox' };
  const { settings, secret } = row;
  if (row.method === 'smtp' && settings.host !== undefined)
    return { ...facts, method: 'smtp', settings, hasPassword: secret !== null, revision: revisionOf(row) };
  if (row.method === 'google' || row.method === 'microsoft')
    return {
      ...facts,
      method: row.method,
      usesMailbox: settings.host === undefined && settings.usesMailbox === true,
    };
  if (row.method !== 'platform' && row.method !== 'domain' && row.method !== 'open') return null;
  const tls = settings.host === undefined ? settings.tls : undefined;
  return { ...facts, method: row.method, tls: tls ?? 'opportunistic' };
}

/** Sealing takes a new nonce each time, so the sealed bytes differ even when the same password is typed again. */
function revisionOf(row: SenderRow): string {
  const bytes = Buffer.concat([Buffer.from(JSON.stringify(row.settings)), row.secret ?? Buffer.alloc(0)]);
  return sha256(bytes).toString('base64url').slice(0, 22);
}
