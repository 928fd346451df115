import { day as dayMs } from '#base/time';

/*
 * https://github.com/commenthol/date-holidays: code under ISC, data under CC BY 3.0. It takes some 25 MB of memory, so it is loaded
 * when somebody asks.
 */
const load = () => import('date-holidays');
let library: ReturnType<typeof load> | null = null;

async function make(country?: string, region?: string | null, language?: string) {
  library ??= load();
  const { default: Holidays } = await library;
  const options = { types: ['public' as const], ...(language ? { languages: [language] } : {}) };
  if (!country) return new Holidays(options as never);
  return region ? new Holidays(country, region, options) : new Holidays(country, options);
}

export interface PublicHoliday {
  /** `YYYY-MM-DD`, as the calendar of the country says. */
  readonly day: string;
  readonly name: string;
}

/** Years for which the rules hold; the moon is not worked out further. */
const [firstYear, lastYear] = [1970, 2100];

const known = new Map<string, readonly PublicHoliday[]>();
const mostKnown = 500;

/** The public holidays of a year in a country or region, named in the language where that is known. Nothing for a place or year without rules. */
export async function publicHolidays(
  place: { readonly country: string; readonly region: string | null },
  year: number,
  language = 'en',
): Promise<readonly PublicHoliday[]> {
  if (!Number.isInteger(year) || year < firstYear || year > lastYear) return [];
  const key = `${place.country}/${place.region ?? ''}/${year}/${language}`;
  const before = known.get(key);
  if (before) return before;
  const calendar = await make(place.country, place.region, language);
  const found = calendar.getHolidays(year).flatMap(({ date, start, end, name }) => {
    const length = Math.max(1, Math.round((end.getTime() - start.getTime()) / dayMs));
    const first = Date.parse(`${date.slice(0, 10)}T00:00:00Z`);
    return Array.from({ length }, (_, n) => ({
      day: new Date(first + n * dayMs).toISOString().slice(0, 10),
      name,
    }));
  });
  if (known.size >= mostKnown) known.clear();
  known.set(key, found);
  return found;
}

/** Codes (ISO 3166-1 alpha-2) of the countries whose holidays are known. */
export async function countriesWithHolidays(): Promise<readonly string[]> {
  return Object.keys((await make()).getCountries()).filter((code) => /^[A-Z]{2}$/.test(code));
}

/** The regions of a country that have holidays of their own: their codes with their names, in the order of the names. */
export async function regionsOf(
  country: string,
  language = 'en',
): Promise<readonly { readonly code: string; readonly name: string }[]> {
  const found = (await make()).getStates(country, language) ?? {};
  return Object.entries(found)
    .map(([code, name]) => ({ code, name }))
    .sort((a, b) => a.name.localeCompare(b.name, language));
}
