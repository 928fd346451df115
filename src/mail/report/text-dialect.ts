import { addressesIn, openingAddress, sameMailbox } from './addresses.ts';
import type { Dialect, Notice, Stage } from './dialect.ts';
import { stageOf } from './reply.ts';
import type { FailureClass } from './report.ts';
import type { ReportMail } from './report-mail.ts';

/** How a program that writes its reports as plain sentences can be told, and where it puts what. */
export type TextDialect = {
  readonly name: string;
  readonly source: string;
  /** All that are given must hold; texts are looked for without regard to case, any of a list is enough. */
  readonly when: {
    readonly from?: RegExp;
    readonly subject?: RegExp;
    readonly header?: readonly [name: string, value: RegExp];
    readonly says?: readonly string[];
  };
  /** The recipients stand behind the first line that contains one of these; from the first line on if left out. */
  readonly after?: readonly string[];
  /** … and before the next line that contains one of these. */
  readonly until?: readonly string[];
  /** Finds a recipient's address as group 1; if left out, an address that opens a line. */
  readonly recipient?: RegExp;
  /** `before`: the reason stands above the addresses that it is about. */
  readonly reason?: 'before' | 'after';
  /** Only lines that contain one of these are part of the reason. */
  readonly reasonLines?: readonly string[];
  /** This program's own sentences, where they leave no doubt. */
  readonly means?: readonly (readonly [sentence: string, meaning: FailureClass])[];
  /** Where this program's refusals come from when its words do not tell. */
  readonly stage?: Stage;
  /** When no address is found in the words: those of `X-Failed-Recipients`, or of the returned mail. */
  readonly otherwise?: 'failed_header' | 'returned_to';
};

/** Makes a dialect of such a description. */
export function textDialect(rule: TextDialect): Dialect {
  return {
    name: rule.name,
    source: rule.source,
    recognise: (mail) => recognises(rule.when, mail),
    read: (mail) => {
      const lines = section(mail.lines, rule);
      const found = readBlocks(lines, rule);
      const notices = found.length > 0 ? found : elsewhere(mail, rule, lines);
      return notices.map((notice) => ({
        ...notice,
        ...stageFor(notice.diagnostic ?? '', rule),
        ...meaning(notice.diagnostic ?? '', rule),
      }));
    },
  };
}

function recognises({ from, subject, header, says }: TextDialect['when'], mail: ReportMail): boolean {
  if (from && !from.test(`${mail.fromName} <${mail.fromAddress}>`)) return false;
  if (subject && !subject.test(mail.subject)) return false;
  if (header && !mail.headers(header[0]).some((value) => header[1].test(value))) return false;
  return !says || mail.lines.some((line) => containsAny(line, says));
}

/** Does a line contain one of some texts? The texts are written in lower case. */
export function containsAny(line: string, texts: readonly string[]): boolean {
  const lower = line.toLowerCase();
  return texts.some((text) => lower.includes(text));
}

function section(lines: readonly string[], { after, until }: TextDialect): readonly string[] {
  const start = after ? lines.findIndex((line) => containsAny(line, after)) : -1;
  const rest = lines.slice(start + 1);
  const end = until ? rest.findIndex((line) => containsAny(line, until)) : -1;
  return end < 0 ? rest : rest.slice(0, end);
}

/** Splits lines at the addresses and gives each what stands below it, or above it. */
export function readBlocks(
  lines: readonly string[],
  { recipient, reason = 'after', reasonLines }: Pick<TextDialect, 'recipient' | 'reason' | 'reasonLines'>,
): readonly Notice[] {
  const blocks: { address: string; words: string[] }[] = [];
  const above: string[] = [];
  for (const line of lines) {
    const found = recipient ? matched(recipient, line) : openingAddress(line);
    const known = found && blocks.find((block) => sameMailbox(block.address, found.address));
    if (found && !known) {
      blocks.push({
        address: found.address,
        words: found.rest === '' || reason === 'before' ? [] : [found.rest],
      });
    } else if (line.trim() !== '' && (!reasonLines || containsAny(line, reasonLines))) {
      (reason === 'before' ? above : (blocks[blocks.length - 1]?.words ?? above)).push(line);
    }
    if (blocks.length >= 500) break;
  }
  return blocks.map(({ address, words }) => ({
    address,
    diagnostic: joinWords(words.length > 0 ? words : above),
  }));
}

function matched(pattern: RegExp, line: string): { address: string; rest: string } | undefined {
  const found = pattern.exec(line);
  const address = found?.[1] && addressesIn(found[1])[0];
  if (!found || !address) return undefined;
  return { address, rest: isBare(line) ? '' : line.trim() };
}

/** Nothing but an address in a line? */
const isBare = (line: string): boolean => !/\s/.test(line.trim());

/** One line of at most 2,000 characters. */
export const joinWords = (words: readonly string[]): string =>
  words.slice(0, 60).join(' ').replace(/\s+/g, ' ').trim().slice(0, 2000);

function elsewhere(
  mail: ReportMail,
  { otherwise }: TextDialect,
  lines: readonly string[],
): readonly Notice[] {
  const addresses =
    otherwise === 'failed_header'
      ? failedHeader(mail)
      : otherwise === 'returned_to'
        ? [...failedHeader(mail), ...returnedTo(mail)].slice(0, 1)
        : [];
  return addresses.map((address) => ({ address, diagnostic: joinWords(lines) }));
}

/** Exim and Gmail name the addresses that failed in a header of their own. */
export function failedHeader(mail: ReportMail): readonly string[] {
  return [...new Set(mail.headers('x-failed-recipients').flatMap(addressesIn))];
}

/** To whom the returned mail was written. */
export function returnedTo(mail: ReportMail): readonly string[] {
  const values = mail.returnedHeaders.filter(({ name }) => /^(to|cc|bcc)$/i.test(name));
  return [...new Set(values.flatMap(({ value }) => addressesIn(value)))];
}

function stageFor(words: string, { stage }: TextDialect): { stage?: Stage } {
  const told = stageOf(words) ?? stage;
  return told ? { stage: told } : {};
}

function meaning(words: string, { means = [] }: TextDialect): { class?: FailureClass } {
  const found = means.find(([sentence]) => containsAny(words, [sentence]));
  return found ? { class: found[1] } : {};
}
