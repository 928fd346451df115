import { type ColumnType, type Generated, type Selectable, sql } from 'kysely';
import type { Author } from '#domain/dispatch';
import type { DocumentKind } from '#domain/documents';
import type { Tx } from '#stores/database';
import type { Policy, Step } from './policy.ts';

type Json<Value> = ColumnType<Value, string, string>;

export interface ReminderTables {
  reminder_policies: {
    id: string;
    company_id: string;
    name: string;
    is_active: boolean;
    mode: Policy['mode'];
    kinds: DocumentKind[];
    minimum_amount: string | null;
    is_grouped: boolean;
    join_pdfs: Policy['joinPdfs'];
    bank_days: number | null;
    send_hour: number;
    steps: ColumnType<readonly Step[], string, string>;
    author: Json<Author>;
    created_at: Date;
    place: Generated<number>;
    deleted_at: Date | null;
  };
  reminder_marks: {
    company_id: string;
    document_id: string;
    policy_id: string;
    days: number;
    run_id: string | null;
    marked_at: Date;
  };
  reminder_turns: { company_id: string; policy_id: string; day: string };
}

type ReminderTx = Tx<ReminderTables>;

export async function insertPolicy(tx: ReminderTx, policy: Policy): Promise<void> {
  await tx
    .insertInto('reminder_policies')
    .values({
      ...columnsOf(policy),
      id: policy.id,
      company_id: policy.companyId,
      author: JSON.stringify(policy.author),
      created_at: policy.createdAt,
      // A new one comes last.
      place: sql<number>`(select coalesce(max(place), 0) + 1 from reminder_policies where company_id = ${policy.companyId})`,
      deleted_at: null,
    })
    .execute();
}

export async function updatePolicy(tx: ReminderTx, policy: Policy): Promise<void> {
  await tx
    .updateTable('reminder_policies')
    .set({ ...columnsOf(policy), author: JSON.stringify(policy.author) })
    .where('company_id', '=', policy.companyId)
    .where('id', '=', policy.id)
    .execute();
}

export async function markPolicyDeleted(
  tx: ReminderTx,
  companyId: string,
  id: string,
  at: Date,
): Promise<void> {
  await tx
    .updateTable('reminder_policies')
    .set({ deleted_at: at, is_active: false })
    .where('company_id', '=', companyId)
    .where('id', '=', id)
    .execute();
}

/** The company's policies in their order: the first that fits a document is its policy. */
export async function selectPolicies(tx: ReminderTx, companyId: string): Promise<Policy[]> {
  const rows = await tx
    .selectFrom('reminder_policies')
    .selectAll()
    .where('company_id', '=', companyId)
    .where('deleted_at', 'is', null)
    .orderBy('place')
    .orderBy('created_at')
    .orderBy('id')
    .execute();
  return rows.map(toPolicy);
}

/** Gives the policies the places in which they are named. */
export async function updatePlaces(tx: ReminderTx, companyId: string, ids: readonly string[]): Promise<void> {
  await sql`update reminder_policies set place = given.place
    from unnest(${ids}::text[]) with ordinality as given (id, place)
    where reminder_policies.company_id = ${companyId} and reminder_policies.id = given.id`.execute(tx);
}

/** Companies that have a policy in force. */
export async function selectRemindingCompanies(tx: ReminderTx): Promise<string[]> {
  const rows = await tx
    .selectFrom('reminder_policies')
    .select('company_id')
    .distinct()
    .where('is_active', '=', true)
    .where('deleted_at', 'is', null)
    .execute();
  return rows.map((row) => row.company_id);
}

/** Takes a policy's turn of a day; false when it was taken before. */
export async function takeTurnOf(tx: ReminderTx, policy: Policy, day: string): Promise<boolean> {
  const { rows } = await sql`insert into reminder_turns (company_id, policy_id, day)
    values (${policy.companyId}, ${policy.id}, ${day}) on conflict do nothing returning day`.execute(tx);
  return rows.length > 0;
}

interface ReminderMark {
  readonly documentId: string;
  readonly policyId: string;
  readonly days: number;
  readonly runId: string | null;
  readonly markedAt: Date;
}

/** The steps for which a run was made of these documents, with the newest run of each. */
export async function selectMarks(
  tx: ReminderTx,
  companyId: string,
  documentIds: readonly string[],
): Promise<ReminderMark[]> {
  if (documentIds.length === 0) return [];
  const rows = await tx
    .selectFrom('reminder_marks')
    .selectAll()
    .where('company_id', '=', companyId)
    .where(sql<boolean>`document_id = any (${documentIds}::text[])`)
    .execute();
  return rows.map((row) => ({
    documentId: row.document_id,
    policyId: row.policy_id,
    days: row.days,
    runId: row.run_id,
    markedAt: row.marked_at,
  }));
}

export async function insertMarks(
  tx: ReminderTx,
  marks: readonly {
    readonly companyId: string;
    readonly documentId: string;
    readonly policyId: string;
    readonly days: number;
    readonly runId: string;
  }[],
  at: Date,
): Promise<void> {
  await sql`insert into reminder_marks (company_id, document_id, policy_id, days, run_id, marked_at)
    select *, ${at}::timestamptz from unnest(${marks.map((one) => one.companyId)}::text[],
      ${marks.map((one) => one.documentId)}::text[], ${marks.map((one) => one.policyId)}::text[],
      ${marks.map((one) => one.days)}::int[], ${marks.map((one) => one.runId)}::text[])
    on conflict (company_id, document_id, policy_id, days) do update set run_id = excluded.run_id, marked_at = excluded.marked_at`.execute(
    tx,
  );
}

function columnsOf(policy: Policy) {
  return {
    name: policy.name,
    is_active: policy.isActive,
    mode: policy.mode,
    kinds: [...policy.kinds],
    minimum_amount: policy.minimumAmount,
    is_grouped: policy.isGrouped,
    join_pdfs: policy.joinPdfs,
    bank_days: policy.bankDays,
    send_hour: policy.sendHour,
    steps: JSON.stringify(policy.steps),
  };
}

function toPolicy(row: Selectable<ReminderTables['reminder_policies']>): Policy {
  return {
    id: row.id,
    companyId: row.company_id,
    name: row.name,
    isActive: row.is_active,
    mode: row.mode,
    kinds: row.kinds,
    minimumAmount: row.minimum_amount,
    isGrouped: row.is_grouped,
    joinPdfs: row.join_pdfs,
    bankDays: row.bank_days,
    sendHour: row.send_hour,
    steps: row.steps,
    author: row.author,
    createdAt: row.created_at,
  };
}

/** Whether a step of a policy attaches one of these files. */
export async function areAttachedByPolicies(
  tx: Tx<ReminderTables>,
  companyId: string,
  fileIds: readonly string[],
): Promise<boolean> {
  const { rows } = await sql`select 1 from reminder_policies where company_id = ${companyId}
    and steps::text like any (${fileIds.map((id) => `%"${id}"%`)}::text[]) limit 1`.execute(tx);
  return rows.length > 0;
}
