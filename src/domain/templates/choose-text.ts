import type { Tx } from '#stores/database';
import { builtInText } from './built-in-text.ts';
import type { Template } from './template.ts';
import { selectFitting, selectTemplate, selectTemplates, type TemplateTables } from './template-table.ts';
import type { TextName, TextTemplate } from './text.ts';

/** The text of a mail before it is filled; without a template it is the built-in one. */
export interface ChosenText extends TextTemplate {
  readonly template: Template | null;
}

/**
 * The text that stands for a name when nobody chose one: the one that is tied to `senderId`, where one was chosen, else the company's
 * default, else the built-in one.
 */
export async function defaultText(
  tx: Tx<TemplateTables>,
  companyId: string,
  name: TextName,
  senderId: string | null = null,
): Promise<ChosenText> {
  const fitting = (await selectFitting(tx, companyId, name)).filter((one) => one.language === name.language);
  const tied = senderId === null ? undefined : fitting.find((one) => one.senderId === senderId);
  const own = tied ?? fitting.find((one) => one.isDefault);
  return own ? { subject: own.subject, html: own.html, template: own } : builtInChoice(name);
}

/** The built-in text as a choice. */
export function builtInChoice(name: TextName): ChosenText {
  return { ...builtInText(name), template: null };
}

/** One template; null when the company has none of that id. */
export function getTemplate(tx: Tx<TemplateTables>, companyId: string, id: string): Promise<Template | null> {
  return selectTemplate(tx, companyId, id);
}

/** All templates of a company, by kind, purpose, language and name. */
export function listTemplates(tx: Tx<TemplateTables>, companyId: string): Promise<Template[]> {
  return selectTemplates(tx, companyId);
}

/** The templates that a mail of that kind and purpose may use, in all languages. */
export function fittingTemplates(
  tx: Tx<TemplateTables>,
  companyId: string,
  name: Pick<TextName, 'kind' | 'purpose'>,
): Promise<Template[]> {
  return selectFitting(tx, companyId, name);
}
