import { isLanguage } from '#base/language';
import { exampleFacts, exampleFormat } from './example-facts.ts';
import { protectedTermIn } from './protected-terms.ts';
import { type RenderedText, renderText } from './render-text.ts';
import { sanitiseLetter } from './sanitise-letter.ts';
import {
  maximumSubjectLength,
  maximumTextLength,
  type TextName,
  type TextTemplate,
  textKinds,
  textPurposes,
} from './text.ts';
import { textVariables } from './text-variables.ts';

/** A text that a company keeps for a kind, purpose and language. */
export interface Template extends TextName, TextTemplate {
  readonly id: string;
  readonly companyId: string;
  /** What people choose it by; unique in its cell. */
  readonly name: string;
  /** Mails with this text go out from it; null: as the other rules say. */
  readonly senderId: string | null;
  /** Proposed for its kind, purpose and language. */
  readonly isDefault: boolean;
  /** Raised with each change of subject or text; what was sent names it. */
  readonly version: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** A template as somebody gives it. */
export type GivenTemplate = Pick<
  Template,
  'kind' | 'purpose' | 'language' | 'name' | 'subject' | 'html' | 'senderId' | 'isDefault'
>;

export interface TemplateProblem {
  readonly path: 'kind' | 'purpose' | 'language' | 'name' | 'subject' | 'html' | 'senderId';
  readonly reason:
    | 'required'
    | 'too_long'
    | 'twice'
    | 'not_a_kind'
    | 'not_a_purpose'
    | 'not_a_language'
    | 'variable_unknown'
    | 'template_unreadable'
    | 'sender_missing'
    | 'sender_not_valid'
    | 'term_protected';
  /** The unknown variables, where the template breaks, or the protected term. */
  readonly value?: string;
}

/** What is wrong with a template as it is given; empty when nothing is. Variables that no mail could ever fill are refused, and protected terms. */
export function templateProblems(given: GivenTemplate): TemplateProblem[] {
  const rules: readonly (readonly [boolean, TemplateProblem['path'], TemplateProblem['reason']])[] = [
    [!textKinds.includes(given.kind), 'kind', 'not_a_kind'],
    [!textPurposes.includes(given.purpose), 'purpose', 'not_a_purpose'],
    [!isLanguage(given.language), 'language', 'not_a_language'],
    [given.name.trim() === '', 'name', 'required'],
    [given.name.length > 100, 'name', 'too_long'],
    [given.subject.trim() === '', 'subject', 'required'],
    [given.subject.length > 4 * maximumSubjectLength, 'subject', 'too_long'],
    [given.html.trim() === '', 'html', 'required'],
    [given.html.length > maximumTextLength, 'html', 'too_long'],
  ];
  const problems = rules.flatMap(([isWrong, path, reason]) => (isWrong ? [{ path, reason }] : []));
  if (problems.length > 0) return problems;
  return (['subject', 'html'] as const).flatMap((path) => [
    ...unfillable(given, path),
    ...protectedTerm(given, path),
  ]);
}

/** Any text may be sent by any service of ours: none may name one that is qualified or of the state. */
function protectedTerm(given: GivenTemplate, path: 'subject' | 'html'): TemplateProblem[] {
  const value = protectedTermIn(given[path].replace(/<[^>]*>|&nbsp;/g, ' '), 'electronic');
  return value === null ? [] : [{ path, reason: 'term_protected', value }];
}

/** The same of a text that stands by itself: half of one, variables that no mail could fill. */
export function textProblems(cell: TextName, text: TextTemplate): TemplateProblem[] {
  return templateProblems({ ...cell, ...text, name: '-', senderId: null, isDefault: false });
}

/** The text as it is kept: one line of subject, cleaned HTML. */
export function cleanTemplate(given: GivenTemplate): GivenTemplate {
  return {
    ...given,
    name: given.name.trim(),
    subject: given.subject.replace(/\s+/g, ' ').trim(),
    html: sanitiseLetter(given.html),
  };
}

/** Renders one part with everything known: what is missing then never has a value. */
function unfillable(given: GivenTemplate, path: 'subject' | 'html'): TemplateProblem[] {
  const text = path === 'subject' ? { subject: given.subject, html: '' } : { subject: '', html: given.html };
  const variables = textVariables(exampleFacts(given.kind), given.language, exampleFormat(given.language));
  const rendered: RenderedText = renderText(text, variables);
  if (rendered.ok) return [];
  if (rendered.reason === 'unreadable_template')
    return [{ path, reason: 'template_unreadable', value: rendered.message }];
  return [{ path, reason: 'variable_unknown', value: rendered.missing.join(', ') }];
}
