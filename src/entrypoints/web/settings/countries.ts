import { countryName, type Language } from '#base/language';

// ISO 3166-1 alpha-2, all officially assigned codes.
const codes =
  'AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW'.split(
    ' ',
  );

const sorted = new Map<Language, readonly string[]>();

/** All countries in the order of their names in a language. */
export function countriesIn(language: Language): readonly string[] {
  const known = sorted.get(language);
  if (known) return known;
  const { compare } = new Intl.Collator(language);
  const made = codes.toSorted((a, b) => compare(countryName(a, language), countryName(b, language)));
  sorted.set(language, made);
  return made;
}

/** The country that a browser's first language names (`fr-BE` → BE), else where that language is at home. */
export function guessCountry(acceptLanguage: string | undefined, language: Language): string {
  const region = /^[a-z]{2,3}-([A-Z]{2})\b/i.exec((acceptLanguage ?? '').slice(0, 20))?.[1]?.toUpperCase();
  return region && codes.includes(region) ? region : homes[language];
}

const homes: Readonly<Record<Language, string>> = {
  en: 'BE',
  fr: 'FR',
  it: 'IT',
  ro: 'RO',
  de: 'DE',
  nl: 'NL',
};

/** Time zones that this runtime knows, UTC among them. */
export const timeZones: readonly string[] = [...new Set([...Intl.supportedValuesOf('timeZone'), 'UTC'])];
