import { IntlMessageFormat } from 'intl-messageformat';
import type { Language } from './languages.ts';

type Element = ReturnType<IntlMessageFormat['getAst']>[number];

/**
 * Lists what is wrong with catalogues, one English sentence each, none when they are good: for every language asked, missing
 * and extra keys, texts that are no ICU message, arguments and tags that differ from the English ones, plural forms that the
 * language has and the text lacks. For tests.
 */
export function catalogueProblems(
  catalogues: Readonly<Partial<Record<Language, Readonly<Record<string, string | undefined>>>>>,
  languages: readonly Language[],
): string[] {
  const english = catalogues.en ?? {};
  return languages.flatMap((language) => {
    const own = catalogues[language];
    if (!own) return [`${language}: there is no catalogue`];
    return [
      ...Object.keys(english).flatMap((key) => textProblems(key, language, own[key], english[key] ?? '')),
      ...Object.keys(own)
        .filter((key) => !Object.hasOwn(english, key))
        .map((key) => `${language}: ${key} is not in the English catalogue`),
    ];
  });
}

/** The names of a message's arguments and tags with their kind, sorted; throws when the text is no ICU message. */
function messageArguments(text: string, language: Language): string[] {
  const found = new Set<string>();
  visit(astOf(text, language), (element) => {
    const name = describe(element);
    if (name !== null) found.add(name);
  });
  return [...found].sort();
}

function textProblems(key: string, language: Language, text: string | undefined, english: string): string[] {
  if (text === undefined) return [`${language}: ${key} is missing`];
  if (text.trim() === '') return [`${language}: ${key} is empty`];
  try {
    const [own, pattern] = [messageArguments(text, language), messageArguments(english, 'en')];
    const differing = own.join(', ') !== pattern.join(', ');
    return [
      ...(differing
        ? [`${language}: ${key} takes (${own.join(', ')}), English (${pattern.join(', ')})`]
        : []),
      ...missingPlurals(text, language).map((form) => `${language}: ${key} lacks the plural form "${form}"`),
    ];
  } catch (error) {
    return [
      `${language}: ${key} is no ICU message (${error instanceof Error ? error.message : String(error)})`,
    ];
  }
}

/** `many` is left out: in French and Italian it is for whole millions only and reads like `other` here. */
function missingPlurals(text: string, language: Language): string[] {
  const missing = new Set<string>();
  visit(astOf(text, language), (element) => {
    if (element.type !== 6) return;
    const type = element.pluralType === 'ordinal' ? 'ordinal' : 'cardinal';
    for (const form of new Intl.PluralRules(language, { type }).resolvedOptions().pluralCategories)
      if (form !== 'many' && !Object.hasOwn(element.options, form)) missing.add(form);
  });
  return [...missing];
}

function describe(element: Element): string | null {
  if (element.type === 0 || element.type === 7) return null;
  if (element.type === 8) return `<${element.value}>`;
  if (element.type === 5) return `${element.value}: ${Object.keys(element.options).sort().join('|')}`;
  return element.type === 1 ? element.value : `${element.value}: ${kinds[element.type]}`;
}

/** Numbers of @formatjs/icu-messageformat-parser's TYPE; 0 literal, 1 argument, 5 select, 7 pound sign, 8 tag. */
const kinds: Readonly<Record<number, string>> = { 2: 'number', 3: 'date', 4: 'time', 6: 'plural' };

function visit(elements: readonly Element[], look: (element: Element) => void): void {
  for (const element of elements) {
    look(element);
    if (element.type === 5 || element.type === 6)
      for (const option of Object.values(element.options)) visit(option.value, look);
    if (element.type === 8) visit(element.children, look);
  }
}

function astOf(text: string, language: Language): readonly Element[] {
  return new IntlMessageFormat(text, language).getAst();
}
