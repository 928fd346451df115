/** An address in a text; bounded on both sides, so that no line takes longer than its length allows. */
const inText = /[^\s<>()[\]{},;:"'|=]{1,160}@[\p{L}\p{N}](?:[\p{L}\p{N}.-]{0,252}[\p{L}\p{N}])?/gu;
/** A line that an address opens, behind bullets, quotes, brackets, with anything but a word clinging to it. */
const atStart =
  /^[\s>*•·-]{0,40}["'<([]{0,3}(?:mailto:)?([^\s<>()[\]{},;:"'|=]{1,160}@[\p{L}\p{N}][\p{L}\p{N}.-]{0,253})(?=["'>)\]:,;.\s]|$)/u;
const quotedLocal = /^[\s*-]{0,40}<("[^"\s]{1,64}"@[A-Za-z0-9.-]{1,253})>/;

/** All addresses of a line, lower-cased domains untouched, in order, each once. */
export function addressesIn(line: string): readonly string[] {
  return [...new Set((line.slice(0, 2000).match(inText) ?? []).map(trimDots))];
}

/** The address that opens a line, and what follows it; undefined when none does. */
export function openingAddress(line: string): { address: string; rest: string } | undefined {
  const found = quotedLocal.exec(line) ?? atStart.exec(line);
  if (!found) return undefined;
  const rest = line.slice(found.index + found[0].length).replace(/^["'>)\].:,;\s]+/, '');
  return { address: trimDots(found[1] ?? ''), rest };
}

export const sameMailbox = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

const trimDots = (address: string): string => address.replace(/^\.+/, '').replace(/[.-]+$/, '');

/** Does an address belong to a mail system rather than to a person? RFC 2142 §5, and names that servers use. */
export function isSystemAddress(address: string): boolean {
  return /^(mailer[-_.]?daemon|post[-_.]?master|mail[-_.]?daemon|mdaemon|bounces?|mail\.?delivery(\.system)?|no-?reply|mail-delivery|mailadmin|mdaemon|root|sysadmin|post_master|delivery)@/i.test(
    address,
  );
}
