import type { ColumnType, Selectable } from 'kysely';
import type { Author } from '#domain/dispatch';
import type { DocumentKind } from '#domain/documents';
import type { Tx } from '#stores/database';
import type { RuleSource, SendRule } from './send-rule.ts';

export interface SendRuleTables {
  send_rules: {
    id: string;
    company_id: string;
    name: string;
    is_active: boolean;
    kinds: DocumentKind[];
    customer_ids: string[];
    categories: string[];
    sources: RuleSource[];
    sender_id: string | null;
    wait_minutes: number;
    office_hours: boolean;
    author: ColumnType<Author, string, string>;
    created_at: Date;
    changed_at: Date;
    deleted_at: Date | null;
  };
}

type RuleTx = Tx<SendRuleTables>;

export async function insertRule(tx: RuleTx, rule: SendRule): Promise<void> {
  await tx
    .insertInto('send_rules')
    .values({
      ...columnsOf(rule),
      id: rule.id,
      company_id: rule.companyId,
      created_at: rule.createdAt,
      deleted_at: null,
    })
    .execute();
}

export async function updateRule(tx: RuleTx, rule: SendRule): Promise<void> {
  await tx
    .updateTable('send_rules')
    .set(columnsOf(rule))
    .where('company_id', '=', rule.companyId)
    .where('id', '=', rule.id)
    .execute();
}

export async function markRuleDeleted(tx: RuleTx, rule: SendRule, at: Date): Promise<void> {
  await tx
    .updateTable('send_rules')
    .set({ deleted_at: at, is_active: false })
    .where('company_id', '=', rule.companyId)
    .where('id', '=', rule.id)
    .execute();
}

/** The company's rules, oldest first: the first that fits a document is its rule. */
export async function selectRules(tx: RuleTx, companyId: string): Promise<SendRule[]> {
  const rows = await tx
    .selectFrom('send_rules')
    .selectAll()
    .where('company_id', '=', companyId)
    .where('deleted_at', 'is', null)
    .orderBy('created_at')
    .orderBy('id')
    .execute();
  return rows.map(toRule);
}

function columnsOf(rule: SendRule) {
  return {
    name: rule.name,
    is_active: rule.isActive,
    kinds: [...rule.kinds],
    customer_ids: [...rule.customerIds],
    categories: [...rule.categories],
    sources: [...rule.sources],
    sender_id: rule.senderId,
    wait_minutes: rule.waitMinutes,
    office_hours: rule.officeHours,
    author: JSON.stringify(rule.author),
    changed_at: rule.changedAt,
  };
}

function toRule(row: Selectable<SendRuleTables['send_rules']>): SendRule {
  return {
    id: row.id,
    companyId: row.company_id,
    name: row.name,
    isActive: row.is_active,
    kinds: row.kinds,
    customerIds: row.customer_ids,
    categories: row.categories,
    sources: row.sources,
    senderId: row.sender_id,
    waitMinutes: row.wait_minutes,
    officeHours: row.office_hours,
    author: row.author,
    createdAt: row.created_at,
    changedAt: row.changed_at,
  };
}
