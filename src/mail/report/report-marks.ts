import { isSystemAddress } from './addresses.ts';
import type { ReportMail } from './report-mail.ts';
import { containsAny } from './text-dialect.ts';

const systemName =
  /mail(?:er)?[ -]?(?:daemon|deliver)|post-?master|delivery (?:sub)?system|mail system|system administrator/i;

/** Subjects of reports about delivery, in the languages in which they were seen. */
export const deliverySubject =
  /undeliver|deliver\w{0,6} (?:status|fail|delay|report|problem)|delivery notification|fail\w{0,6} (?:notice|deliver|mail)|(?:mail|message) (?:delivery )?(?:fail|could not|system error|error)|mail failed|returned mail|return(?:ed|ing) to sender|unzustellbar|nicht zustellbar|non remis|non distribu|non[ -]?deliver|not delivered|no entregad|mancato recapito|error sending your mail|bounce|delayed|не доставлен|недостав|配信|エラー/iu;

/** Did a mail system write it, rather than a person? By name, address, or the empty return path (RFC 5321 §4.5.5). */
export function isFromMailSystem(mail: ReportMail): boolean {
  if (isSystemAddress(mail.fromAddress) || /^mailer-daemon/i.test(mail.fromAddress)) return true;
  if (systemName.test(mail.fromName)) return true;
  return mail.header('return-path').trim() === '<>' && deliverySubject.test(mail.subject);
}

/** Prefixes of replies and forwards: en, de, fr, it, es, nl, ro, pl, and the Nordic ones. */
const replied =
  /^\s*(?:re|aw|antw|antwort|sv|vs|r[eé]p|r|rif|odp|res|răsp|ref)\s*(?:\[\d{1,3}\]|\(\d{1,3}\))?\s*:/i;
const forwarded = /^\s*(?:fwd?|wg|tr|i|doorst|rv|enc|vb|pd|fs)\s*(?:\[\d{1,3}\])?\s*:/i;

/** A person's answer to a report, or a report passed on by a person, is no report. */
export function isForwardOrReply(mail: ReportMail): 'reply' | 'forward' | false {
  return replied.test(mail.subject) ? 'reply' : forwarded.test(mail.subject) ? 'forward' : false;
}

/** Sentences that say that the mail is still being tried; lower case. */
const stillTrying: readonly string[] = [
  'this is a warning message only',
  'you do not need to resend',
  'has not yet been delivered',
  'has not been delivered to all of its recipients after',
  'only a temporary failure report',
  'will continue to try',
  'delivery attempts will continue',
  'message will be retried',
  'will be retried for',
  'will keep trying',
  'is still being retried',
  'has been delayed',
  'wurde noch nicht zugestellt',
  'konnte noch nicht zugestellt werden',
  'verzögert sich',
  'la remise du message est retardée',
  'la consegna è in ritardo',
];

/** Does the report say that delivery is late, not that it failed? */
export function saysDelayed(mail: ReportMail): boolean {
  if (/\b(?:fail|failure|failed|undeliverable)\b/i.test(mail.subject)) return false;
  return mail.lines.slice(0, 200).some((line) => containsAny(line, stillTrying));
}
