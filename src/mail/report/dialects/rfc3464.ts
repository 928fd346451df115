import { sameMailbox } from '../addresses.ts';
import type { Dialect, Notice } from '../dialect.ts';
import { readReply, stageInTranscript, stageOf } from '../reply.ts';
import type { RecipientAction } from '../report.ts';
import type { ReportMail } from '../report-mail.ts';
import { isFromMailSystem } from '../report-marks.ts';
import { type Fields, readFields, readTypedAddress } from '../status-fields.ts';
import { readBlocks } from '../text-dialect.ts';

const field = /^\s{0,8}(?:final-recipient|original-recipient)\s*:/i;
const anyField =
  /^\s{0,8}(?:reporting-mta|final-recipient|original-recipient|action|diagnostic-code|status)\s*:/i;

/**
 * The standard: a part of fields for machines. Read also where the part is not marked as one, where the mail is broken
 * so that its parts run together, or where the fields stand in the middle of a text (Amazon WorkMail).
 */
export const rfc3464: Dialect = {
  name: 'rfc3464',
  source: 'RFC 3464; RFC 6533 for addresses beyond ASCII; RFC 3461 for the original recipient',
  recognise: (mail) =>
    mail.statusTexts.length > 0 ||
    mail.lines.some((line) => field.test(line)) ||
    (isFromMailSystem(mail) && mail.text.split('\n').some((line) => field.test(line))),
  read: (mail) => {
    const marked = mail.statusTexts.flatMap((text) => readRecipients(text, mail));
    return marked.length > 0 ? marked : readRecipients(looseFields(mail), mail);
  },
};

function looseFields(mail: ReportMail): string {
  const lines = mail.lines.some((line) => field.test(line)) ? mail.lines : mail.text.split('\n');
  const start = lines.findIndex((line) => anyField.test(line));
  return start < 0 ? '' : lines.slice(start).join('\n');
}

function readRecipients(text: string, mail: ReportMail): readonly Notice[] {
  const blocks = readFields(text);
  const reporting = blocks.find((block) => block.has('reporting-mta'))?.get('reporting-mta');
  const told = readBlocks(mail.lines, {});
  return blocks.flatMap((block) => readRecipient(block, mail, told, reporting) ?? []);
}

function readRecipient(
  block: Fields,
  mail: ReportMail,
  told: readonly Notice[],
  reporting: string | undefined,
): Notice | undefined {
  const final =
    readTypedAddress(block.get('final-recipient')) ?? readTypedAddress(block.get('x-actual-recipient'));
  const address = readTypedAddress(block.get('original-recipient')) ?? final;
  if (address === undefined) return undefined;
  const written = cleanDiagnostic(block.get('diagnostic-code'));
  const context = told.find((one) =>
    [address, final].some((known) => known && sameMailbox(one.address, known)),
  );
  const statusField = block.get('status') ?? '';
  const diagnostic = bestWords(
    written,
    statusField,
    context?.diagnostic ?? (told.length === 0 ? transcript(mail) : ''),
  );
  const stage =
    stageInTranscript(mail.lines, written) ??
    stageOf(`${written} ${statusField} ${context?.diagnostic ?? ''}`);
  return {
    address,
    action: readAction(block.get('action'), statusField, mail),
    ...optional('status', /[245]\.\d{1,3}\.\d{1,3}/.exec(statusField)?.[0]),
    ...optional('diagnostic', diagnostic === '' ? undefined : diagnostic),
    ...optional('context', context?.diagnostic ?? transcript(mail)),
    ...optional('stage', stage),
    ...optional('remoteHost', hostOf(block.get('remote-mta')) ?? hostOf(reporting)),
  };
}

/** Where the field says no more than a code, the words for people, or the comment of the Status field, say why. */
function bestWords(written: string, statusField: string, told: string): string {
  if (/\p{L}{3}/u.test(written)) return written;
  const comment = /\(([^()]{4,300})\)/.exec(statusField)?.[1] ?? '';
  if (told !== '' && readReply(told).smtpCode !== undefined) return told;
  return [written, comment, told].filter((one) => one !== '').join(' ');
}

/** `smtp; 550 …` without its type; the answers of servers begin with `<<<` in a transcript (Sendmail). */
const cleanDiagnostic = (value = ''): string => value.replace(/^\s*[\w-]{1,30}\s*;\s*/, '').trim();

const transcript = (mail: ReportMail): string =>
  mail.lines
    .filter((line) => /^\s{0,8}<<< [45]\d\d/.test(line))
    .map((line) => line.trim().slice(4))
    .join(' ')
    .slice(0, 1000);

const hostOf = (value: string | undefined): string | undefined =>
  /;?\s*([A-Za-z0-9.-]{1,253})(?:[\s(]|$)/.exec((value ?? '').replace(/^[^;]{0,30};/, ''))?.[1];

const actions: ReadonlySet<string> = new Set(['failed', 'delayed', 'delivered', 'relayed', 'expanded']);

/** Some write `failure`, `Failed (bad address)`, `delay`, `deliverable`; without the field the status decides. */
function readAction(value: string | undefined, status: string, mail: ReportMail): RecipientAction {
  const word = /[a-z]+/.exec((value ?? '').toLowerCase())?.[0] ?? '';
  if (isAction(word)) return word;
  if (word.startsWith('fail')) return 'failed';
  if (word.startsWith('delay') || (word === '' && /\bdelay/i.test(mail.subject))) return 'delayed';
  if (word.startsWith('deliver') || (word === '' && status.trim().startsWith('2.'))) return 'delivered';
  return 'failed';
}

const isAction = (word: string): word is RecipientAction => actions.has(word);

function optional<K extends string, V>(name: K, value: V | undefined): { readonly [P in K]?: V } {
  return value === undefined ? {} : ({ [name]: value } as { readonly [P in K]?: V });
}
