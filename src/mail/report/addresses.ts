/** A line that an address opens, behind bullets, quotes, brackets, with anything but a word clinging to it. */
const atStart =
  /^[\s>*•·-]{0,40}["'<([]{0,3}(?:mailto:)?([^\s<>()[\]{},;:"'|=]{1,160}@[\p{L}\p{N}][\p{L}\p{N}.-]{0,253})(?=["'>)\]:,;.\s]|$)/u;
const quotedLocal = /^[\s*-]{0,40}<("[^"\s]{1,64}"@[A-Za-z0-9.-]{1,253})>/;

const localEnd = /[^\s<>()[\]{},;:"'|=@]{1,160}$/;
const domainStart = /^[\p{L}\p{N}](?:[\p{L}\p{N}.-]{0,252}[\p{L}\p{N}])?/u;

/**
 * All addresses of a line, in order, each once. Looks around each `@` only, so that no text takes longer than its length
 * allows.
 */
export function addressesIn(line: string): readonly string[] {
  const found = new Set<string>();
  for (const { start, end } of addressSpans(line.slice(0, 2000))) found.add(trimDots(line.slice(start, end)));
  return [...found];
}

/** Puts a lone `@` where addresses stand. */
export function withoutAddresses(text: string): string {
  let at = 0;
  let kept = '';
  for (const { start, end } of addressSpans(text)) {
    kept += `${text.slice(at, start)}@`;
    at = end;
  }
  return kept + text.slice(at);
}

function addressSpans(text: string): readonly { start: number; end: number }[] {
  const spans: { start: number; end: number }[] = [];
  let from = 0;
  for (let at = text.indexOf('@'); at >= 0; at = text.indexOf('@', at + 1)) {
    const local = localEnd.exec(text.slice(Math.max(from, at - 160), at))?.[0];
    const domain = domainStart.exec(text.slice(at + 1, at + 256))?.[0];
    if (!local || !domain) continue;
    from = at + 1 + domain.length;
    spans.push({ start: at - local.length, end: from });
  }
  return spans;
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
