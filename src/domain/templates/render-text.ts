import { Liquid, type Template } from 'liquidjs';
import { sanitiseLetter } from './sanitise-letter.ts';
import { maximumSubjectLength, maximumTextLength, type TextTemplate } from './text.ts';
import { type TextVariables, variableNames } from './text-variables.ts';

export type RenderedText =
  | { readonly ok: true; readonly subject: string; readonly html: string }
  /** Variables without a value or that do not exist, each once; in subject and text they stand as `{{ name }}`. */
  | {
      readonly ok: false;
      readonly reason: 'missing_variables';
      readonly missing: readonly string[];
      readonly subject: string;
      readonly html: string;
    }
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
  const filled = fill(template, variables, []);
  if ('message' in filled) return unreadable(filled.message);
  const { missing } = filled;
  if (missing.length === 0) return { ok: true, subject: filled.subject, html: filled.html };
  const shown = fill(template, withVisible(variables, missing), missing);
  if ('message' in shown) return unreadable(shown.message);
  return { ok: false, reason: 'missing_variables', missing, subject: shown.subject, html: shown.html };
}

function unreadable(message: string): RenderedText {
  return { ok: false, reason: 'unreadable_template', missing: [], message };
}

interface Filled extends TextTemplate {
  readonly missing: readonly string[];
}

/** Scopes as Liquid takes them. */
type Scope = Readonly<Record<string, unknown>>;

function fill(
  template: TextTemplate,
  scope: Scope,
  invented: readonly string[],
): Filled | { readonly message: string } {
  const subject = renderWith(plain, template.subject, scope, invented);
  const html = renderWith(escaping, template.html, scope, invented);
  const message = subject.message ?? html.message;
  if (message !== undefined) return { message };
  if (html.text.length > maximumTextLength) return { message: 'The text is too long.' };
  const missing = [...new Set([...subject.missing, ...html.missing])];
  return { subject: cleanSubject(subject.text), html: sanitiseLetter(html.text), missing };
}

/** The variables, with each missing one standing for itself. */
function withVisible(variables: TextVariables, missing: readonly string[]): Scope {
  return missing.reduce<Scope>(
    (scope, name) => withValue(scope, name.split(/[.[]/), `{{ ${name} }}`),
    variables,
  );
}

function withValue(scope: Scope, [key = '', ...rest]: readonly string[], value: string): Scope {
  if (rest.length === 0) return { ...scope, [key]: value };
  const inner = scope[key];
  const group = typeof inner === 'object' && inner !== null ? Object.fromEntries(Object.entries(inner)) : {};
  return { ...scope, [key]: withValue(group, rest, value) };
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
  renderLimit: 1500, // milliseconds by the wall clock: our longest text takes 1, and many times that on a busy machine
  memoryLimit: 1_000_000,
} as const;

const plain = parserOf(new Liquid(strict));
const escaping = parserOf(new Liquid({ ...strict, outputEscape: 'escape' }));

interface Parsed {
  readonly engine: Liquid;
  readonly templates: Template[];
  readonly used: readonly string[];
}

const mostKept = 50;

/** Reads a source and which variables it uses; the last ones stay read, because a run fills the same text for thousands. */
function parserOf(engine: Liquid): (source: string) => Parsed {
  const kept = new Map<string, Parsed>();
  return (source) => {
    const known = kept.get(source);
    if (known) return known;
    const templates = engine.parse(plainTags(source));
    const parsed = { engine, templates, used: engine.globalFullVariablesSync(templates) };
    const [oldest] = kept.keys();
    if (kept.size >= mostKept && oldest !== undefined) kept.delete(oldest);
    kept.set(source, parsed);
    return parsed;
  };
}

interface Attempt {
  readonly text: string;
  readonly missing: readonly string[];
  readonly message?: string;
}

/** `invented` are names that are no variables but have a value all the same, so that they show. */
function renderWith(
  parse: (source: string) => Parsed,
  source: string,
  scope: Scope,
  invented: readonly string[],
): Attempt {
  let unknown: string[] = [];
  try {
    const { engine, templates, used } = parse(source);
    unknown = used.filter((name) => !isVariable(name) && !invented.includes(name));
    return { text: String(engine.renderSync(templates, scope)), missing: unknown };
  } catch (error) {
    const causes = flatten(error);
    const missing = [...unknown, ...causes.flatMap((cause) => nameOfMissing(cause) ?? [])];
    const other = causes.find((cause) => nameOfMissing(cause) === null);
    return { text: '', missing, ...(other ? { message: messageOf(other) } : {}) };
  }
}

/** An editor writes `>` in a tag as `&gt;`, and a blank as `&nbsp;`: inside tags they mean what was typed. */
function plainTags(source: string): string {
  return source.replace(/\{\{[\s\S]*?\}\}|\{%[\s\S]*?%\}/g, (tag) =>
    tag.replace(/&(lt|gt|amp|quot|#39|nbsp);|\u00a0/g, (_entity, name: string) => meant[name] ?? ' '),
  );
}

const meant: Readonly<Record<string, string>> = {
  lt: '<',
  gt: '>',
  amp: '&',
  quot: '"',
  '#39': "'",
};

/** `documents.titles[0]` and `documents.titles.size` are parts of a variable. */
function isVariable(name: string): boolean {
  return vocabulary.has(/^[^.[]+\.[^.[]+/.exec(name)?.[0] ?? '');
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
