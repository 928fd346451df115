import type { Notice, Stage } from './dialect.ts';
import { readReply, stageOf } from './reply.ts';
import type { FailureClass, ReportRecipient } from './report.ts';
import { classOfHost } from './words/host-words.ts';
import { classOfReplyCode, classOfStatus, isPlainStatus } from './words/status-classes.ts';
import { classOfWords } from './words/wordings.ts';

const aboutRecipient: ReadonlySet<FailureClass> = new Set([
  'mailbox_unknown',
  'mailbox_disabled',
  'domain_unknown',
]);

/** Weighs what a report says of one recipient: status, code, class, whether trying again is of use. */
export function judge(notice: Notice): ReportRecipient {
  const words = notice.diagnostic ?? '';
  const reply = readReply(words);
  const status = chooseStatus(reply.status, notice.status);
  const smtpCode = notice.smtpCode ?? reply.smtpCode;
  const action = notice.action ?? 'failed';
  const failing = action === 'failed' || action === 'delayed';
  const found = failing ? (notice.class ?? guarded(notice, reply.status, smtpCode)) : null;
  return {
    address: notice.address,
    action,
    status: status ?? null,
    smtpCode: smtpCode ?? null,
    class: found,
    permanent: action === 'failed' && isPermanent(found, reply.status, notice.status, smtpCode),
    diagnostic: words === '' ? null : oneLine(words),
  };
}

/** The server's own code says more than what the reporting program made of it, unless it is a mere X.0.0. */
function chooseStatus(said: string | undefined, field: string | undefined): string | undefined {
  const useful = [said, field].find((one) => one !== undefined && !one.endsWith('.0.0'));
  return useful ?? said ?? field;
}

function guarded(notice: Notice, said: string | undefined, smtpCode: number | undefined): FailureClass {
  const { diagnostic = '', status = '' } = notice;
  const special = classOfHost(notice.remoteHost, diagnostic, said ?? status);
  if (special) return special;
  const found = classify(notice, said, smtpCode);
  if (!aboutRecipient.has(found)) return found;
  const stage = notice.stage ?? stageOf(diagnostic);
  const precise = [said, status].some((one) => /^[45]\.(?:1\.[1-9]|2\.1)/.test(one ?? ''));
  if (isAboutSender(stage)) return 'policy';
  // Filters of the recipient, those of mobile carriers above all, answer "user unknown" once they have read the mail. So
  // these words count when said to RCPT TO, or with a precise status, or by the reporting system itself.
  const remote = smtpCode !== undefined;
  if (found === 'mailbox_unknown' && !precise && remote && stage !== 'rcpt') return 'policy';
  // X.7.x is about the sender's right to write, whatever the words (RFC 3463 §3.8); RFC 5248 and 7293 except these.
  if (/^[45]\.7\./.test(said ?? '') && !/\.7\.(13|17|18)$/.test(said ?? '')) return 'policy';
  return found;
}

const isAboutSender = (stage: Stage | undefined): boolean =>
  stage === 'connect' || stage === 'hello' || stage === 'mail';

function classify(notice: Notice, said: string | undefined, smtpCode: number | undefined): FailureClass {
  const { diagnostic = '', context = '', status = '' } = notice;
  const exact = (code: string): FailureClass | undefined =>
    isPlainStatus(code) ? classOfStatus(code) : undefined;
  return (
    classOfWords(diagnostic, 'clear') ??
    exact(said ?? '') ??
    classOfWords(diagnostic, 'vague') ??
    exact(status) ??
    classOfWords(context, 'clear') ??
    classOfStatus(said) ??
    classOfStatus(status) ??
    classOfWords(context, 'vague') ??
    classOfReplyCode(smtpCode) ??
    'unknown'
  );
}

/** The first digit decides (RFC 5321 §4.2.1): the server's code, its status, then the report's. */
function isPermanent(
  found: FailureClass | null,
  said: string | undefined,
  field: string | undefined,
  smtpCode: number | undefined,
): boolean {
  const digit = said?.[0] ?? (smtpCode === undefined ? undefined : String(smtpCode)[0]) ?? field?.[0];
  if (digit !== undefined && !(field?.endsWith('.0.0') && found === 'expired')) return digit === '5';
  return found !== null && found !== 'expired' && found !== 'network' && found !== 'unknown';
}

const oneLine = (words: string): string =>
  words
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim()
    .slice(0, 1000);
