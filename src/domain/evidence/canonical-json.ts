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
  let members = '';
  for (const key of Object.keys(value).sort()) {
    const member = value[key];
    if (member === undefined) continue;
    members += `${members === '' ? '' : ','}${quoted(key)}:${canonicalJson(member)}`;
  }
  return `{${members}}`;
}

function quoted(text: string): string {
  const written = JSON.stringify(text);
  // Half a pair is written as \ud8xx to \udfxx, which a backslash and letters of the text itself look like too.
  if (written.includes('\\ud') && /\p{Surrogate}/u.test(text))
    throw new Error('An event may not hold half a character.');
  return written;
}

function isList(value: object): value is readonly EventValue[] {
  return Array.isArray(value);
}
