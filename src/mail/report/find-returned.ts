import { type Header, splitHeaders } from '#mail/mime';

/**
 * Lines after which programs paste the mail that they return, lower case, compared after dashes and blanks were cut
 * off both ends. Sources: qmail, Exim, Sendmail 5, Gmail, GMX and 1&1, OpenSMTPD, DragonFly, MXLogic, Notes, IMail,
 * m-FILTER, Smail 3, fml, Mail.ru, Courier.
 */
const separators: ReadonlySet<string> = new Set(
  [
    'below this line is a copy of the message',
    'enclosed is a copy of the message',
    'this is a copy of the message, including all the headers',
    'this is a copy of your message, including all the headers',
    'this is a copy of the headers of the original message',
    'the body of the message is',
    'the header of the original message is following',
    'original message',
    'original message follows',
    'original mail as follows:',
    'original message headers:',
    'message header follows',
    'message headers follow',
    'message text follows:',
    'below is a copy of the original message:',
    'returned message',
    'unsent message follows',
    'unsent message below',
    'message that could not be delivered',
    'included is a copy of the message header:',
    'headers of the message',
    'bounced e-mail:',
    'your message follows',
    'the attached file is the original mail',
    'ursprüngliche nachricht',
    'message original',
  ].map(bare),
);

/** Headers that begin a mail, but never stand alone in the words of a report at the start of a line. */
const opening =
  /^(return-path|received|dkim-signature|message-id|mime-version|x-[a-z0-9-]{1,60}|arc-seal|from|date|to|subject|content-type)\s*:/i;
const surely = /^(return-path|received|message-id|date|dkim-signature)\s*:/i;
const field = /^[!-9;-~]{1,80}\s*:/;

/** Cuts the lines of a report where the mail that it returns begins, and reads the headers of that mail. */
export function findReturned(lines: readonly string[]): {
  notice: readonly string[];
  returned: readonly Header[];
} {
  const cut = lines.findIndex((line, at) => isSeparator(line) || beginsMail(lines, at));
  if (cut < 0) return { notice: lines, returned: [] };
  const from = isSeparator(lines[cut] ?? '') ? cut + 1 : cut;
  const block = lines.slice(from, from + 400);
  const first = block.findIndex((line) => field.test(line));
  if (first < 0) return { notice: lines.slice(0, cut), returned: [] };
  return {
    notice: lines.slice(0, cut),
    returned: splitHeaders(Buffer.from(block.slice(first).join('\n'))).headers,
  };
}

function isSeparator(line: string): boolean {
  if (line.length > 120) return false;
  return separators.has(bare(line));
}

function bare(line: string): string {
  return line
    .toLowerCase()
    .replace(/[-|=_*\s.:]+/g, ' ')
    .trim();
}

/** Three header lines in a row, one of which every mail has and no sentence begins with. */
function beginsMail(lines: readonly string[], at: number): boolean {
  if (!opening.test(lines[at] ?? '')) return false;
  const block: string[] = [];
  for (const line of lines.slice(at, at + 12)) {
    if (/^[ \t]/.test(line)) continue;
    if (!field.test(line)) break;
    block.push(line);
  }
  return block.length >= 3 && block.some((line) => surely.test(line));
}
