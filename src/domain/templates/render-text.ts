import { Liquid, type Template } from 'liquidjs';
import { sanitiseLetter } from './sanitise-letter.ts';
import { maximumSubjectLength, maximumTextLength, type TextTemplate } from './text.ts';
import { type TextVariables, variableNames } from './text-variables.ts';

export type RenderedText =
  | { readonly ok: true; readonly subject: string; readonly html: string }
  /** Variables without a value or that do not exist, each once. */
  | { readonly ok: false; readonly reason: 'missing_variables'; readonly missing: readonly string[] }
  /** The template itself is at fault; `message` says where, in English. */
  | {
      readonly ok: false;
      readonly reason: 'unreadable_template';
      readonly missing: readonly [];
      readonly message: string;
    };

/**
 * Fills a template. Values are escaped for HTML, the result is cleaned. Nothing is ever printed empty: a variable that has
 * no value is reported, unless the template asks for it first (`{% if contact.name %}` or `| default:`).
 */
export function renderText(template: TextTemplate, variables: TextVariables): RenderedText {
  const subject = renderWith(plain, template.subject, variables);
  const html = renderWith(escaping, template.html, variables);
  const message = subject.message ?? html.message;
  if (message !== undefined) return { ok: false, reason: 'unreadable_template', missing: [], message };
  const missing = [...new Set([...subject.missing, ...html.missing])];
  if (missing.length > 0) return { ok: false, reason: 'missing_variables', missing };
  if (html.text.length > maximumTextLength)
    return { ok: false, reason: 'unreadable_template', missing: [], message: 'The text is too long.' };
  return { ok: true, subject: cleanSubject(subject.text), html: sanitiseLetter(html.text) };
}

/** A subject of one line without control characters, cut at the longest length. */
export function cleanSubject(text: string): string {
  return text
    .replace(/[\p{Cc}\u2028\u2029\s]+/gu, ' ')
    .trim()
    .slice(0, maximumSubjectLength);
}

/** No files, no other templates, own properties only, and bounds on time and memory: users write these. */
const strict = {
  strictVariables: true,
  strictFilters: true,
  lenientIf: true,
  ownPropertyOnly: true,
  catchAllErrors: true,
  dynamicPartials: false,
  templates: {},
  parseLimit: 2 * maximumTextLength,
  renderLimit: 250, // milliseconds; our longest text takes 1
  memoryLimit: 1_000_000,
} as const;

const plain = new Liquid(strict);
const escaping = new Liquid({ ...strict, outputEscape: 'escape' });

interface Attempt {
  readonly text: string;
  readonly missing: readonly string[];
  readonly message?: string;
}

function renderWith(engine: Liquid, source: string, variables: TextVariables): Attempt {
  try {
    const parsed: Template[] = engine.parse(source);
    const unknown = engine.globalFullVariablesSync(parsed).filter((name) => !vocabulary.has(name));
    if (unknown.length > 0) return { text: '', missing: unknown };
    return { text: String(engine.renderSync(parsed, variables)), missing: [] };
  } catch (error) {
    const causes = flatten(error);
    const missing = causes.flatMap((cause) => nameOfMissing(cause) ?? []);
    const other = causes.find((cause) => nameOfMissing(cause) === null);
    return { text: '', missing, ...(other ? { message: messageOf(other) } : {}) };
  }
}

const vocabulary: ReadonlySet<string> = new Set(variableNames);

/** One render may break in several places, and in places inside others. */
function flatten(error: unknown): unknown[] {
  if (error instanceof Error && 'errors' in error && Array.isArray(error.errors))
    return error.errors.flatMap(flatten);
  return [error];
}

function nameOfMissing(error: unknown): string | null {
  if (!(error instanceof Error) || !('originalError' in error)) return null;
  const cause = error.originalError;
  if (!(cause instanceof Error) || !('variableName' in cause)) return null;
  return typeof cause.variableName === 'string' ? cause.variableName : null;
}

function messageOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).slice(0, 300);
}
