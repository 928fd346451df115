import type { FailureClass } from '../report.ts';

/**
 * What an enhanced status code means, by its subject and detail (RFC 3463 §3, the IANA registry "SMTP Enhanced Status
 * Codes"). Left out: those that say nothing (X.0.0).
 */
const table: Readonly<Record<string, FailureClass>> = {
  // RFC 3463 §3.2: addressing.
  '1.1': 'mailbox_unknown',
  '1.2': 'domain_unknown',
  '1.3': 'mailbox_unknown',
  '1.4': 'mailbox_unknown',
  '1.6': 'mailbox_unknown',
  '1.7': 'policy', // the sender's address
  '1.8': 'policy', // the sender's domain
  '1.9': 'system', // RFC 5248: relayed to a mailer that does not speak SMTP
  '1.10': 'domain_unknown', // RFC 7505: null MX
  // RFC 3463 §3.3: the mailbox.
  '2.1': 'mailbox_disabled',
  '2.2': 'mailbox_full',
  '2.3': 'too_big',
  '2.4': 'system', // mailing list
  // RFC 3463 §3.4: the system.
  '3.1': 'system',
  '3.2': 'system',
  '3.3': 'system',
  '3.4': 'too_big',
  '3.5': 'system',
  '3.6': 'system', // RFC 4468
  // RFC 3463 §3.5: network and routes.
  '4.1': 'network',
  '4.2': 'network',
  '4.3': 'network',
  '4.4': 'domain_unknown',
  '4.5': 'rate_limited',
  '4.6': 'network',
  '4.7': 'expired',
  '4.8': 'network',
  '5.3': 'rate_limited', // too many recipients
  // RFC 7293: the mailbox, the domain has a new owner.
  '7.17': 'mailbox_unknown',
  '7.18': 'domain_unknown',
  // Exchange Online: learn.microsoft.com, "Email non-delivery reports in Exchange Online".
  '1.90': 'rate_limited',
  '1.351': 'mailbox_unknown',
  '2.122': 'rate_limited',
  '4.14': 'network',
  '4.300': 'expired',
  '4.310': 'domain_unknown',
  '4.312': 'network',
  '4.316': 'network',
  '7.501': 'content',
  '7.508': 'rate_limited',
};
const classes: ReadonlyMap<string, FailureClass> = new Map(Object.entries(table));

/** What is left to the subject when the detail is unknown. */
const subjects: ReadonlyMap<string, FailureClass> = new Map<string, FailureClass>([
  ['1', 'policy'],
  ['2', 'policy'],
  ['3', 'system'],
  ['4', 'network'],
  ['5', 'system'],
  ['6', 'content'],
  ['7', 'policy'],
]);

/** The class of a code such as `5.1.1`; undefined for `X.0.x` and what is none. */
export function classOfStatus(status: string | undefined): FailureClass | undefined {
  const [, subject = '', detail = ''] = /^[245]\.(\d{1,3})\.(\d{1,3})$/.exec(status ?? '') ?? [];
  return classes.get(`${subject}.${detail}`) ?? subjects.get(subject);
}

/** Says the code more than its subject does? */
export const isPlainStatus = (status: string): boolean =>
  classes.has(status.slice(2)) || /^[245]\.7\.\d+$/.test(status);

/** What the three digits say when nothing else does: RFC 5321 §4.2.3, RFC 7504, RFC 4954. */
export function classOfReplyCode(code: number | undefined): FailureClass | undefined {
  if (code === undefined || code < 400) return undefined;
  if (code === 521 || code === 556) return 'domain_unknown';
  if (code === 551) return 'mailbox_unknown';
  if (code === 552) return 'mailbox_full';
  if (code === 421) return 'network';
  if (code === 451 || (code >= 500 && code <= 504)) return 'system';
  if (code === 452) return 'rate_limited';
  return code < 600 ? 'policy' : undefined;
}
