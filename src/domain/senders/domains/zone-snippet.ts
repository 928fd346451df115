import type { DomainRecord } from './domain.ts';

const ttl = 3600;
const longestString = 255; // RFC 1035 §3.3: one character string

/** The records as lines of a zone file for the domain, those that are right already left out unless `all`. */
export function zoneSnippet(domain: string, records: readonly DomainRecord[], all = false): string {
  const lines = records
    .filter((one) => one.required && (all || !one.valid))
    .map(({ name, type, expected }) => [relative(name, domain), type, value(type, expected)] as const);
  const width = Math.max(0, ...lines.map(([name]) => name.length));
  return lines
    .map(([name, type, text]) => `${name.padEnd(width)} ${ttl} IN ${type.padEnd(3)} ${text}`)
    .join('\n');
}

function relative(name: string, domain: string): string {
  return name === domain ? '@' : name.slice(0, -domain.length - 1);
}

function value(type: string, expected: string): string {
  if (type !== 'TXT') return `${expected}.`;
  const strings = expected.match(new RegExp(`.{1,${longestString}}`, 'g')) ?? [];
  return strings.map((text) => `"${text}"`).join(' ');
}
