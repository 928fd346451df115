import { type Language, languages } from '#base/language';
import type { DocumentKind } from '#domain/documents';
import { builtInText, type TextTemplate } from '#domain/templates';
import type { Policy, Step } from './policy.ts';
import de from './texts/de.json' with { type: 'json' };
import en from './texts/en.json' with { type: 'json' };
import fr from './texts/fr.json' with { type: 'json' };
import it from './texts/it.json' with { type: 'json' };
import nl from './texts/nl.json' with { type: 'json' };
import ro from './texts/ro.json' with { type: 'json' };

const levels = { de, en, fr, it, nl, ro } as const;

export type StepTexts = Readonly<Record<Language, TextTemplate>>;

/** Tone by how often one was asked already; a reminder before the due date is level 0. */
export type Level = 0 | 1 | 2 | 3;

/** The level of a step: how many steps on or after the due date there are up to it, three at most. */
export function levelOf(policy: Pick<Policy, 'steps'>, step: Pick<Step, 'days'>): Level {
  if (step.days < 0) return 0;
  const count = policy.steps.filter((one) => one.days >= 0 && one.days <= step.days).length;
  return Math.min(3, Math.max(1, count)) as Level;
}

/** The texts of a step in all languages: the company's own, else the built-in one of its level; of a quote always the built-in one. */
export function textsOfStep(policy: Policy, step: Step, kind: DocumentKind): StepTexts {
  const level = levelOf(policy, step);
  return Object.fromEntries(
    languages.map((language) => [language, step.texts[language] ?? builtIn(language, level, kind)]),
  ) as StepTexts;
}

function builtIn(language: Language, level: Level, kind: DocumentKind): TextTemplate {
  const usual = builtInText({ kind: 'invoice', purpose: 'reminder', language });
  if (kind === 'quote') return builtInText({ kind: 'quote', purpose: 'reminder', language });
  const words = levels[language];
  const body = words[`level${level}`];
  // The greeting and the end are those of the usual text: only what lies between them is ours.
  const [greeting = '', , ...rest] = usual.html.split('\n');
  return { subject: words[`subject${level}`], html: [greeting, `<p>${body}</p>`, ...rest].join('\n') };
}
