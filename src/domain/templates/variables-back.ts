import { escapeHtml } from './sanitise-letter.ts';
import type { TextTemplate } from './text.ts';
import type { TextVariables } from './text-variables.ts';

/** In the order in which they are put back: what says more comes first, so that a title does not end as kind and number. */
const names = [
  'document.title',
  'document.reference',
  'document.number',
  'document.amount_due',
  'document.total',
  'document.due_date',
  'document.issue_date',
  'contact.name',
  'customer.name',
  'company.name',
  'user.name',
  'user.email',
] as const;

/**
 * Turns a text that was written for one document back into a template: where a value of that document, its customer or its sender stands
 * as a whole word, the variable takes its place. Values of fewer than three characters stay: they stand for themselves too often.
 */
export function variablesBack(text: TextTemplate, variables: TextVariables): TextTemplate {
  let { subject, html } = text;
  for (const name of names) {
    const [group = '', key = ''] = name.split('.');
    const value = variables[group]?.[key];
    if (typeof value !== 'string' || value.length < 3) continue;
    subject = replaceWords(subject, value, name);
    html = replaceWords(html, escapeHtml(value), name);
  }
  return { subject, html };
}

/** Outside of what is a variable or a tag already. */
function replaceWords(text: string, value: string, name: string): string {
  const word = value.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&').replace(/[\s\u00a0]/g, '(?:\\s|&nbsp;)');
  const pattern = new RegExp(`\\{\\{.*?\\}\\}|<[^>]*>|(?<![\\p{L}\\p{N}])${word}(?![\\p{L}\\p{N}])`, 'gu');
  return text.replace(pattern, (found) =>
    found.startsWith('{{') || found.startsWith('<') ? found : `{{ ${name} }}`,
  );
}
