import type { Language } from '#base/language';
import type { DocumentKind } from '#formats/einvoice';
import type { Document } from './document.ts';
import { safeFileName } from './file-name.ts';
import { kindNameIn } from './kind-names.ts';

/** A company's own patterns: kind → language → pattern such as `Invoice {number}`. */
export type FileNamePatterns = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** What a pattern may name; anything else in braces disappears. */
export const fileNameVariables = ['number', 'date', 'dueDate', 'customer', 'total', 'currency'] as const;

/** The pattern for a kind in a language: the company's own, else `Invoice {number}` in that language. */
export function fileNamePattern(patterns: FileNamePatterns, kind: DocumentKind, language: Language): string {
  const own = patterns[kind]?.[language]?.trim();
  return own || `${kindNameIn(language, kind)} {number}`;
}

type Named = Pick<Document, 'kind' | 'number' | 'issueDate' | 'dueDate' | 'buyerName' | 'total' | 'currency'>;

/**
 * The name that a document's file gets in a mail or download, always ending in `.pdf` (or `.xml`). Variables of the pattern
 * are filled in and made safe (`2026/17` → `2026-17`); unknown facts leave no trace. Never empty, 120 characters at most.
 */
export function attachmentName(
  pattern: string,
  document: Named,
  language: Language,
  extension: 'pdf' | 'xml' = 'pdf',
): string {
  const values: Record<(typeof fileNameVariables)[number], string | null> = {
    number: document.number,
    date: document.issueDate,
    dueDate: document.dueDate,
    customer: document.buyerName,
    total: document.total,
    currency: document.currency,
  };
  const filled = pattern
    .slice(0, 400)
    .replace(/\.(pdf|xml)\s*$/i, '')
    .replace(/\{(\w*)\}/g, (_, name: string) => textOf(values, name));
  const name = filled.replace(/\s+/g, ' ').replace(/^[\s_-]+|[\s_-]+$/g, '');
  return safeFileName(`${name}.${extension}`, `${kindNameIn(language, document.kind)}.${extension}`);
}

function textOf(values: Readonly<Record<string, string | null>>, name: string): string {
  const value = Object.hasOwn(values, name) ? values[name] : null;
  return value?.slice(0, 200) ?? '';
}
