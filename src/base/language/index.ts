export { catalogueProblems } from './check.ts';
export { type Format, type MoneyText, makeFormat } from './format.ts';
export { countryName, isLanguage, type Language, languageName, languages, localeOf } from './languages.ts';
export { negotiateLanguage } from './negotiate.ts';
export { type Catalogue, type Catalogues, makeTexts, type Texts, type Values, type Wrap } from './texts.ts';
