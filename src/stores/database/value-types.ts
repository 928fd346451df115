import pg from 'pg';

type Parser = (text: string) => unknown;

// pg_type.dat: the object ids of the types whose JavaScript form we choose.
const int8 = 20;
const date = 1082;
const int8Array = 1016;
const dateArray = 1182;

const parsers = new Map<number, Parser>([
  [int8, toSafeNumber],
  [date, (text) => text],
  [int8Array, (text) => elements(text).map((element) => (element === null ? null : toSafeNumber(element)))],
  [dateArray, elements],
]);

/**
 * How values come out of the database: bigint as number (throws beyond 2^53), numeric as string, date as `YYYY-MM-DD`,
 * timestamptz as Date, json as it is.
 */
export const valueTypes: pg.CustomTypesConfig = {
  getTypeParser: (id: number, format?: 'text' | 'binary') => {
    const own = format === 'binary' ? undefined : parsers.get(id);
    return own ?? pg.types.getTypeParser(id, format as 'text');
  },
};

function toSafeNumber(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError('A bigint from the database is beyond 2^53.');
  return value;
}

function elements(text: string): (string | null)[] {
  const inner = text.slice(1, -1);
  return inner === '' ? [] : inner.split(',').map((element) => (element === 'NULL' ? null : element));
}
