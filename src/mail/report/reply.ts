import type { Stage } from './dialect.ts';

/** What can be told from the words of a server: RFC 5321 §4.2 reply code, RFC 3463 status code. */
export type Reply = { readonly smtpCode: number | undefined; readonly status: string | undefined };

const codes = '(42[12]|43[12]|44[1-9]|45\\d|47[12]|50[0-4]|51\\d|52[0-6]|53\\d|54\\d|55\\d|57\\d)';
const both = new RegExp(
  `(?<![\\d.])${codes}[\\s:-]{1,3}['"#(]{0,2}([245]\\.\\d{1,3}\\.\\d{1,3})(?![\\d.]*\\d)`,
);
const codeAlone = new RegExp(`(?:^|[\\s:;<>'"(\\[/])${codes}(?=[\\s:;,)'"-]|\\.\\D|$)`);
const statusAlone = /(?<![\d.])[245]\.\d{1,3}\.\d{1,3}(?![\d.]*\d)/g;
const success = /(?:^|;)\s*(2[05]\d)(?=[\s-])/;

/** Finds the reply in a diagnostic; a code right before a status is the surest. */
export function readReply(words: string): Reply {
  const text = words.slice(0, 4000);
  const pair = both.exec(text);
  if (pair) return { smtpCode: Number(pair[1]), status: pair[2] };
  const alone = codeAlone.exec(text)?.[1] ?? success.exec(text)?.[1];
  const smtpCode = alone === undefined ? undefined : Number(alone);
  const all = text.match(statusAlone) ?? [];
  const agreeing = smtpCode === undefined ? all : all.filter((one) => one[0] === String(smtpCode)[0]);
  return { smtpCode, status: agreeing.find((one) => !one.endsWith('.0.0')) ?? agreeing[0] ?? all[0] };
}

/** Which words tell at which command the other side refused: Postfix, Exim, qmail, GMX, DragonFly, Sendmail, Yahoo. */
const stageWords: readonly (readonly [Stage, readonly string[]])[] = [
  [
    'data',
    [
      'end of data',
      'final data',
      'after data',
      'reply to data',
      'on data command',
      'after i sent the message',
      'after sending the message',
      'smtp command data',
      'after . ',
      '(data)',
      '[data]',
      'message text rejected',
    ],
  ],
  [
    'mail',
    [
      'after mail from',
      'reply to mail from',
      'sender was rejected',
      'our mail from',
      '(mail from',
      'after mail command',
    ],
  ],
  [
    'hello',
    [
      'my name was rejected',
      'reply to ehlo',
      'reply to helo',
      'after ehlo',
      'after helo',
      'our ehlo',
      'our helo',
    ],
  ],
  ['connect', ['initial connection', 'refused to talk to me', 'greeting failed', 'but greeting']],
  [
    'rcpt',
    [
      'rcpt to',
      'does not like recipient',
      'after rcpt',
      'rcpt command',
      '[rcpt_to]',
      'has rejected address',
      'smtp:rcpt',
      'smtp command rcpt',
    ],
  ],
];

/** At which step the reply was given, if the words around it tell. */
export function stageOf(words: string): Stage | undefined {
  const lower = words.toLowerCase();
  return stageWords.find(([, texts]) => texts.some((text) => lower.includes(text)))?.[0];
}

const commands: readonly (readonly [RegExp, Stage])[] = [
  [/^(data|\.|bdat)/i, 'data'],
  [/^mail/i, 'mail'],
  [/^rcpt/i, 'rcpt'],
  [/^[eh][eh]lo/i, 'hello'],
];

/** Looks a reply up in a transcript as Sendmail writes it: `>>>` we said, `<<<` they said. */
export function stageInTranscript(lines: readonly string[], diagnostic: string): Stage | undefined {
  let stage: Stage | undefined;
  for (const line of lines) {
    const said = /^\s{0,8}(?:>>>|Sent <<<)\s(.*)$/.exec(line);
    if (said) stage = commands.find(([pattern]) => pattern.test(said[1] ?? ''))?.[1];
    const heard = /^\s{0,8}(?:<<<|Received >>>)\s(.*)$/.exec(line)?.[1]?.trim().slice(0, 60);
    if (stage && heard && heard.length > 3 && diagnostic.includes(heard)) return stage;
  }
  return undefined;
}
