import { IntlMessageFormat } from 'intl-messageformat';
import type { Language } from './languages.ts';

/** One language's texts: key → ICU message (https://unicode-org.github.io/icu/userguide/format_parse/messages/). */
export type Catalogue = Readonly<Record<string, string>>;

/** A text with tags (`<b>…</b>`) gets a function per tag, which wraps what stands inside. */
export type Wrap<Node> = (inside: (string | Node)[]) => Node;

export type Values = Readonly<Record<string, string | number | boolean | Date>>;

/** Texts of one language. Call it for a sentence; `parts` for a sentence with tags; `lang` says which language it speaks. */
export type Texts<Key extends string> = {
  (key: Key, values?: Values): string;
  /** The text in pieces, each tag replaced by what its function returned: for marked-up sentences. */
  parts<Node>(
    key: Key,
    values: Readonly<Record<string, Values[string] | Node | Wrap<Node>>>,
  ): (string | Node)[];
  /** Tells whether a string from outside (a reason code, say) is a key, so that it can be worded. */
  has(key: string): key is Key;
  readonly language: Language;
};

export type Catalogues<English extends Catalogue> = { readonly en: English } & {
  readonly [L in Exclude<Language, 'en'>]?: Readonly<Partial<Record<keyof English, string>>>;
};

/**
 * Takes the catalogues of one consumer and returns `(language) => texts`, with the English keys as type. A key that a
 * language lacks is said in English: hold complete languages to it with `catalogueProblems` in a test.
 */
export function makeTexts<English extends Catalogue>(
  catalogues: Catalogues<English>,
): (language: Language) => Texts<keyof English & string> {
  const made = new Map<Language, Texts<keyof English & string>>();
  return (language) => {
    const known = made.get(language);
    if (known) return known;
    const texts = textsOf<keyof English & string>(language, catalogues[language] ?? {}, catalogues.en);
    made.set(language, texts);
    return texts;
  };
}

/** What `format` takes: our values, with arrays allowed in what a tag's function gets. */
type FormatValues<Node> = Parameters<typeof IntlMessageFormat.prototype.format<Node>>[0];

function textsOf<Key extends string>(
  language: Language,
  own: Readonly<Record<string, string | undefined>>,
  english: Catalogue,
): Texts<Key> {
  const compiled = new Map<string, IntlMessageFormat>();
  const messageOf = (key: string): IntlMessageFormat => {
    const known = compiled.get(key);
    if (known) return known;
    const text = own[key];
    const message = new IntlMessageFormat(text ?? english[key] ?? key, text === undefined ? 'en' : language);
    compiled.set(key, message);
    return message;
  };
  const say = (key: Key, values?: Values): string => String(messageOf(key).format<string>({ ...values }));
  return Object.assign(say, {
    language,
    has: (key: string): key is Key => Object.hasOwn(english, key),
    parts<Node>(key: Key, values: Readonly<Record<string, Values[string] | Node | Wrap<Node>>>) {
      const said = messageOf(key).format<Node>(values as FormatValues<Node>);
      return Array.isArray(said) ? said : [said];
    },
  });
}
