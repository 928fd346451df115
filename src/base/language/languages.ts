/** The languages of staff screens, mails and portal pages, as BCP 47 codes; English comes first because it is the pattern. */
export const languages = ['en', 'fr', 'it', 'ro', 'de', 'nl'] as const;

export type Language = (typeof languages)[number];

/** Tells whether a string from outside is one of our languages. */
export function isLanguage(text: string): text is Language {
  return (languages as readonly string[]).includes(text);
}

/** Countries whose customs (separators, month names) differ from the language's first country; the first is the default. */
const countries: Record<Language, readonly string[]> = {
  en: ['GB', 'IE', 'US'],
  fr: ['FR', 'BE', 'CH', 'LU', 'CA'],
  it: ['IT', 'CH'],
  ro: ['RO', 'MD'],
  de: ['DE', 'AT', 'CH', 'BE', 'LU'],
  nl: ['NL', 'BE'],
};

/**
 * The locale for numbers and dates: `fr` with `CH` gives `fr-CH`; a country where the language has no customs of its own
 * (`en` with `BE`) gives the language's first country.
 */
export function localeOf(language: Language, country?: string): string {
  const known = countries[language];
  const region = country !== undefined && known.includes(country) ? country : known[0]!;
  return `${language}-${region}`;
}

/** The name of a language, written in a language and with a capital: `fr` in `fr` is "Français". */
export function languageName(language: Language, inLanguage: Language): string {
  const name = new Intl.DisplayNames(inLanguage, { type: 'language' }).of(language) ?? language;
  return name.charAt(0).toLocaleUpperCase(inLanguage) + name.slice(1);
}

/** The name of an ISO 3166 country in a language; an unknown code comes back as it is. */
export function countryName(country: string, inLanguage: Language): string {
  if (!/^[A-Z]{2}$/.test(country)) return country;
  return new Intl.DisplayNames(inLanguage, { type: 'region' }).of(country) ?? country;
}
