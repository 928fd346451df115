import type { Selectable } from 'kysely';
import type { Language } from '#base/language';
import type { Tx } from '#stores/database';
import type { Template } from './template.ts';
import type { TextKind, TextName, TextPurpose } from './text.ts';

export interface TemplateTables {
  templates: {
    id: string;
    company_id: string;
    kind: TextKind;
    purpose: TextPurpose;
    language: Language;
    name: string;
    subject: string;
    html: string;
    sender_id: string | null;
    is_default: boolean;
    version: number;
    created_at: Date;
    updated_at: Date;
  };
}

type TemplateTx = Tx<TemplateTables>;

/** Writes a template as it now is: adds it, or changes the one with its id. */
export async function writeTemplate(tx: TemplateTx, template: Template): Promise<void> {
  const columns = {
    kind: template.kind,
    purpose: template.purpose,
    language: template.language,
    name: template.name,
    subject: template.subject,
    html: template.html,
    sender_id: template.senderId,
    is_default: template.isDefault,
    version: template.version,
    updated_at: template.updatedAt,
  };
  await tx
    .insertInto('templates')
    .values({ ...columns, id: template.id, company_id: template.companyId, created_at: template.createdAt })
    .onConflict((conflict) => conflict.column('id').doUpdateSet(columns))
    .execute();
}

/** Ties a template to a sender, or to none; its text stays as it is. */
export async function updateTie(
  tx: TemplateTx,
  companyId: string,
  id: string,
  senderId: string | null,
): Promise<void> {
  await tx
    .updateTable('templates')
    .set({ sender_id: senderId })
    .where('company_id', '=', companyId)
    .where('id', '=', id)
    .execute();
}

export async function removeTemplate(tx: TemplateTx, companyId: string, id: string): Promise<boolean> {
  const { numDeletedRows } = await tx
    .deleteFrom('templates')
    .where('company_id', '=', companyId)
    .where('id', '=', id)
    .executeTakeFirst();
  return numDeletedRows > 0n;
}

/** All templates of a company, by kind, purpose, language and name. */
export async function selectTemplates(tx: TemplateTx, companyId: string): Promise<Template[]> {
  const rows = await tx
    .selectFrom('templates')
    .selectAll()
    .where('company_id', '=', companyId)
    .orderBy('kind')
    .orderBy('purpose')
    .orderBy('language')
    .orderBy('is_default', 'desc')
    .orderBy('name')
    .execute();
  return rows.map(toTemplate);
}

/** The templates of a kind and purpose in all languages. */
export async function selectFitting(
  tx: TemplateTx,
  companyId: string,
  { kind, purpose }: Pick<TextName, 'kind' | 'purpose'>,
): Promise<Template[]> {
  const rows = await tx
    .selectFrom('templates')
    .selectAll()
    .where('company_id', '=', companyId)
    .where('kind', '=', kind)
    .where('purpose', '=', purpose)
    .orderBy('language')
    .orderBy('is_default', 'desc')
    .orderBy('name')
    .execute();
  return rows.map(toTemplate);
}

export async function selectTemplate(
  tx: TemplateTx,
  companyId: string,
  id: string,
): Promise<Template | null> {
  const row = await tx
    .selectFrom('templates')
    .selectAll()
    .where('company_id', '=', companyId)
    .where('id', '=', id)
    .executeTakeFirst();
  return row ? toTemplate(row) : null;
}

/** Locks the templates of a cell, so that two people neither leave two defaults nor two of one name. */
export async function lockCell(
  tx: TemplateTx,
  companyId: string,
  { kind, purpose, language }: TextName,
): Promise<Template[]> {
  const rows = await tx
    .selectFrom('templates')
    .selectAll()
    .where('company_id', '=', companyId)
    .where('kind', '=', kind)
    .where('purpose', '=', purpose)
    .where('language', '=', language)
    .orderBy('id')
    .forUpdate()
    .execute();
  return rows.map(toTemplate);
}

export async function clearDefault(tx: TemplateTx, companyId: string, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await tx
    .updateTable('templates')
    .set({ is_default: false })
    .where('company_id', '=', companyId)
    .where('id', 'in', [...ids])
    .execute();
}

function toTemplate(row: Selectable<TemplateTables['templates']>): Template {
  return {
    id: row.id,
    companyId: row.company_id,
    kind: row.kind,
    purpose: row.purpose,
    language: row.language,
    name: row.name,
    subject: row.subject,
    html: row.html,
    senderId: row.sender_id,
    isDefault: row.is_default,
    version: row.version,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}
