import type { EventValue } from './event-value.ts';

/**
 * JSON in its one canonical form (RFC 8785): keys in the order of their UTF-16 code units, no white space, strings as
 * JSON.stringify writes them. Refuses, by throwing, what has no exact form for every reader: numbers that are not safe integers, and
 * strings with half a surrogate pair.
 */
export function canonicalJson(value: EventValue): string {
  if (typeof value === 'number' && !Number.isSafeInteger(value))
    throw new Error(`Events hold integers only, not ${value}.`);
  if (typeof value === 'string') return quoted(value);
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  if (isList(value)) return `[${value.map(canonicalJson).join(',')}]`;
  const keys = Object.keys(value)
    .filter((key) => value[key] !== undefined)
    .sort();
  return `{${keys.map((key) => `${quoted(key)}:${canonicalJson(value[key] as EventValue)}`).join(',')}}`;
}

function quoted(text: string): string {
  if (/\p{Surrogate}/u.test(text)) throw new Error('An event may not hold half a character.');
  return JSON.stringify(text);
}

function isList(value: object): value is readonly EventValue[] {
  return Array.isArray(value);
}
