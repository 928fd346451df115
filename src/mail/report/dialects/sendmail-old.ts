import { addressesIn, sameMailbox } from '../addresses.ts';
import type { Dialect, Notice, Stage } from '../dialect.ts';
import type { ReportMail } from '../report-mail.ts';
import { joinWords, readBlocks, returnedTo } from '../text-dialect.ts';

/**
 * Sendmail before 8.7, and Smail, ZMailer and gateways that copied it: no part for machines, but the conversation
 * (`>>>` we said, `<<<` they said) and a summary, `550 <address>... reason`.
 */
export const sendmailOld: Dialect = {
  name: 'sendmail_old',
  source: 'Sendmail 5 and 8.6, src/savemail.c: "Transcript of session follows"',
  recognise: (mail) =>
    mail.lines.some((line) =>
      /transcript of session follows|following addresses had (?:delivery |permanent fatal )?(?:problems|errors)|failed addresses follow/i.test(
        line,
      ),
    ),
  read: (mail) => {
    const start = mail.lines.findIndex((line) => /transcript of session follows/i.test(line));
    const found = start < 0 ? [] : readTranscript(mail.lines.slice(start + 1));
    const listed = readBlocks(withoutTranscript(mail.lines), {});
    if (found.length > 0) return addListed(found, listed, mail);
    if (listed.length > 0) return listed.map((notice) => ({ ...notice, context: joinWords(mail.lines) }));
    return returnedTo(mail)
      .slice(0, 1)
      .map((address) => ({ address, diagnostic: joinWords(mail.lines.slice(start + 1)) }));
  },
};

function withoutTranscript(lines: readonly string[]): readonly string[] {
  const start = lines.findIndex((line) => /following addresses|failed addresses/i.test(line));
  const rest = lines.slice(start + 1);
  const end = rest.findIndex(
    (line) => /^\s{0,8}[-|]{3,}/.test(line) && /transcript|unsent|message/i.test(line),
  );
  return end < 0 ? rest : rest.slice(0, end);
}

const summary = /^(?:<<< )?([245]\d\d)[ -](.*)$/;

/** Each address with its own line and with the answer of the server last heard, which says more. */
function readTranscript(lines: readonly string[]): readonly Notice[] {
  const found: { address: string; diagnostic: string; stage: Stage | undefined }[] = [];
  let stage: Stage | undefined;
  let asked: string | undefined;
  let heard: string[] = [];
  for (const line of lines) {
    const command = /^\s{0,8}>>> (\w+)(.*)$/.exec(line);
    if (command) {
      stage = stages.get((command[1] ?? '').toLowerCase());
      asked = addressesIn(command[2] ?? '')[0];
      heard = [];
      continue;
    }
    const said = summary.exec(line.trim());
    if (!said) continue;
    if (line.trim().startsWith('<<<')) heard.push(line.trim().slice(4));
    const theirs = line.trim().startsWith('<<<');
    const address = theirs ? (stage === 'rcpt' ? asked : undefined) : summaryAddress(said[2] ?? '');
    if (address === undefined || said[1]?.startsWith('2')) continue;
    const known = found.find((one) => sameMailbox(one.address, address));
    const words = heard.length > 0 ? heard.join(' ') : line.trim();
    if (!known) found.push({ address, diagnostic: joinWords([words, heard.length > 0 ? line : '']), stage });
    if (!line.trim().startsWith('<<<')) [heard, stage] = [[], undefined];
  }
  return found.map(({ stage: at, ...notice }) => (at ? { ...notice, stage: at } : notice));
}

const stages: ReadonlyMap<string, Stage> = new Map<string, Stage>([
  ['rcpt', 'rcpt'],
  ['mail', 'mail'],
  ['data', 'data'],
  ['helo', 'hello'],
  ['ehlo', 'hello'],
]);

/** `<address>... words` or `address... words`. */
const summaryAddress = (words: string): string | undefined =>
  /^[\w.() ]{0,100}<?([^\s<>]{1,160}@[^\s<>]{1,253}?)>?\.\.\. /.exec(words)?.[1];

/** Addresses of the list that the conversation does not mention. */
function addListed(found: readonly Notice[], listed: readonly Notice[], mail: ReportMail): readonly Notice[] {
  const others = listed.filter(
    ({ address }) =>
      !found.some((one) => sameMailbox(one.address, address)) &&
      !mail.toAddresses.includes(address.toLowerCase()),
  );
  const named = mail.lines.some((line) => /following addresses/i.test(line));
  return named ? [...found, ...others] : found;
}
