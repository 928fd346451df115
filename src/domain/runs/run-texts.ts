import { isLanguage } from '#base/language';
import { type CellText, cellFor } from '#domain/dispatch';
import {
  builtInText,
  defaultText,
  getTemplate,
  type TemplateProblem,
  type TemplateTables,
  type TextName,
  type TextTemplate,
  textKinds,
  textProblems,
} from '#domain/templates';
import type { Tx } from '#stores/database';
import { textsFor } from './request-of.ts';
import type { Run } from './run.ts';

/** What is wrong with a text of a run: `path` is its place in the list and the field. */
export interface CellProblem {
  readonly path: string;
  readonly reason: TemplateProblem['reason'] | 'template_missing';
  readonly value?: string;
}

export interface InvalidCells {
  readonly ok: false;
  readonly reason: 'invalid';
  readonly problems: readonly CellProblem[];
}

/** What keeps the chosen texts from ever being sent; null: nothing. */
export async function invalidCells(
  tx: Tx<TemplateTables>,
  of: { readonly companyId: string; readonly purpose: Run['purpose']; readonly cells?: readonly CellText[] },
): Promise<InvalidCells | null> {
  const problems: CellProblem[] = [];
  const seen = new Set<string>();
  for (const [n, cell] of (of.cells ?? []).entries()) {
    const at = (path: string): string => `texts.${n}.${path}`;
    const name = `${cell.kind}/${cell.language}`;
    if (!textKinds.includes(cell.kind)) problems.push({ path: at('kind'), reason: 'not_a_kind' });
    if (!isLanguage(cell.language)) problems.push({ path: at('language'), reason: 'not_a_language' });
    if (seen.has(name)) problems.push({ path: at('kind'), reason: 'twice' });
    seen.add(name);
    const template = cell.templateId ? await getTemplate(tx, of.companyId, cell.templateId) : null;
    const fits = template && isOf(template, { ...cell, purpose: of.purpose });
    if (cell.templateId && !fits) problems.push({ path: at('templateId'), reason: 'template_missing' });
    if (cell.text && isLanguage(cell.language))
      for (const problem of textProblems({ ...cell, purpose: of.purpose }, cell.text))
        problems.push({ ...problem, path: at(problem.path) });
  }
  return problems.length > 0 ? { ok: false, reason: 'invalid', problems } : null;
}

function isOf(template: TextName, { kind, purpose, language }: TextName): boolean {
  return template.kind === kind && template.purpose === purpose && template.language === language;
}

/** The text that mails of a run have in one kind and language, before it is filled; documents are those of such a mail. */
export async function textOfRun(
  tx: Tx<TemplateTables>,
  run: Run,
  cell: Pick<CellText, 'kind' | 'language'>,
  documentIds: readonly string[],
): Promise<TextTemplate & { readonly templateId: string | null }> {
  const { kind, language } = cell;
  const chosen = cellFor(run.options.cells, cell);
  if (chosen?.text) return { ...chosen.text, templateId: chosen.templateId ?? null };
  const template = chosen?.templateId ? await getTemplate(tx, run.companyId, chosen.templateId) : null;
  if (template) return { subject: template.subject, html: template.html, templateId: template.id };
  const name = { kind, language, purpose: run.purpose };
  if (chosen?.templateId === null) return { ...builtInText(name), templateId: null };
  const ofLevel = textsFor(run.options, documentIds)?.[language];
  if (ofLevel) return { ...ofLevel, templateId: null };
  const { subject, html, template: usual } = await defaultText(tx, run.companyId, name);
  return { subject, html, templateId: usual?.id ?? null };
}
