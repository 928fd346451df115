import type { Step } from './outcome.ts';
import type { SmtpProblem } from './problem.ts';

/** One line of the table. What is left out fits everything; the first line that fits wins. */
export interface ReplyRule {
  readonly problem: SmtpProblem;
  readonly steps?: readonly Step[];
  readonly codes?: readonly number[];
  /** Fits the whole enhanced code. */
  readonly enhanced?: RegExp;
  readonly text?: RegExp;
  /** Overrides what the first digit says; only for limits of the sender, which pass by themselves. */
  readonly kind?: 'temporary';
  readonly source: string;
}

const rfc4954 = 'RFC 4954 §6';
const iana = 'IANA SMTP Enhanced Status Codes';
const google = 'support.google.com/a/answer/3726730';
const microsoft = 'learn.microsoft.com, Non-delivery reports in Exchange Online';
const postfix = 'Postfix smtpd';
const wording = 'wording used by many servers';

/** Signing in: what the server says about name and password. */
const signIn: readonly ReplyRule[] = [
  {
    problem: 'submission_disabled',
    steps: ['auth'],
    enhanced: /5\.7\.139/,
    text: /SmtpClientAuth\w* is disabled/i,
    source: microsoft,
  },
  { problem: 'auth_disabled', steps: ['auth'], enhanced: /5\.7\.139/, source: microsoft },
  { problem: 'auth_disabled', steps: ['auth'], text: /auth\w* (is )?disabled/i, source: wording },
  { problem: 'app_password_needed', steps: ['auth'], enhanced: /5\.7\.9/, codes: [534], source: google },
  { problem: 'rate_limited', steps: ['auth'], text: /too many/i, source: google },
  { problem: 'server_busy', steps: ['auth'], codes: [421, 451, 454], source: rfc4954 },
  { problem: 'wrong_password', steps: ['auth'], codes: [535], source: rfc4954 },
  { problem: 'wrong_password', steps: ['auth'], enhanced: /5\.7\.8/, source: rfc4954 },
  { problem: 'auth_needs_tls', steps: ['auth'], codes: [538], source: rfc4954 },
  { problem: 'auth_needs_tls', steps: ['auth'], enhanced: /5\.7\.11/, source: rfc4954 },
  { problem: 'auth_refused', steps: ['auth'], enhanced: /5\.\d+\.\d+/, source: rfc4954 },
  { problem: 'tls_required', text: /must issue a starttls|starttls (is )?required/i, source: 'RFC 3207 §4' },
  { problem: 'tls_required', text: /tls required|not sent over tls/i, source: google },
  { problem: 'auth_required', codes: [530], source: rfc4954 },
  { problem: 'auth_required', text: /authentication (is )?required|not authenticated/i, source: wording },
];

/** Too much, too fast, not yet. */
const limits: readonly ReplyRule[] = [
  { problem: 'rate_limited', enhanced: /5\.4\.5/, text: /limit|quota/i, kind: 'temporary', source: google },
  { problem: 'rate_limited', enhanced: /5\.1\.90|5\.2\.122/, kind: 'temporary', source: microsoft },
  { problem: 'rate_limited', text: /submission quota exceeded/i, kind: 'temporary', source: microsoft },
  { problem: 'greylisted', codes: [450, 451, 421], text: /gr[ea]y-?\s?list/i, source: 'RFC 6647 §2' },
  { problem: 'rate_limited', enhanced: /4\.7\.28|4\.5\.3/, source: google },
  {
    problem: 'rate_limited',
    codes: [421, 450, 451, 452, 454],
    text: /\brate\b|too (many|quickly|fast|much mail)|throttl|limit exceeded|exceeded.{0,30}limit|slow down/i,
    source: google,
  },
  { problem: 'too_big', enhanced: /[45]\.3\.4|[45]\.2\.3/, source: iana },
  { problem: 'too_big', codes: [552, 523], steps: ['mail'], source: 'RFC 1870 §6.1' },
  {
    problem: 'too_big',
    codes: [550, 552, 554, 523],
    text: /(message|mail).{0,40}(size|too (big|large))|size.{0,20}(limit|exceed)/i,
    source: wording,
  },
];

/** The recipient; the first three lead to a suppression, so nothing vague belongs there. */
const recipient: readonly ReplyRule[] = [
  { problem: 'mailbox_full', enhanced: /[45]\.2\.2/, source: iana },
  {
    problem: 'mailbox_full',
    text: /(mailbox|quota|storage).{0,30}(full|exceeded)|over ?quota/i,
    source: wording,
  },
  { problem: 'mailbox_disabled', enhanced: /5\.2\.1/, source: iana },
  {
    problem: 'mailbox_disabled',
    codes: [550, 553, 554],
    text: /(mailbox|account|user|recipient).{0,40}(disabled|inactive|suspended|deactivated)/i,
    source: wording,
  },
  { problem: 'domain_unknown', codes: [556], source: 'RFC 7504 §3, RFC 7505 §4' },
  { problem: 'mailbox_unknown', enhanced: /5\.1\.10/, text: /recipient ?not ?found/i, source: microsoft },
  { problem: 'domain_unknown', enhanced: /[45]\.1\.2|5\.1\.10/, source: iana },
  {
    problem: 'mailbox_unknown',
    enhanced: /5\.4\.1/,
    text: /recipient address rejected: access denied/i,
    source: microsoft,
  },
  { problem: 'mailbox_unknown', enhanced: /[45]\.1\.(1|6)/, source: iana },
  {
    problem: 'mailbox_unknown',
    steps: ['rcpt', 'dot'],
    codes: [550, 551, 553, 554],
    text: /(no such|unknown|invalid|non-?existent) (local )?(user|mailbox|recipient|account)|(user|mailbox|recipient|account|address)( \S+)? (unknown|not found|does(n't| not) exist|not exist)/i,
    source: wording,
  },
];

/** The sender, the way, the message. */
const policy: readonly ReplyRule[] = [
  { problem: 'sender_not_allowed', enhanced: /[45]\.1\.(7|8)/, source: iana },
  { problem: 'sender_not_allowed', enhanced: /5\.7\.60|5\.2\.252/, source: microsoft },
  {
    problem: 'sender_not_allowed',
    text: /sender address rejected|not owned by user|send ?as ?denied|not (authori[sz]ed|allowed|permitted) to send (as|from|mail from)/i,
    source: postfix,
  },
  { problem: 'relay_denied', enhanced: /5\.7\.54/, source: microsoft },
  {
    problem: 'relay_denied',
    text: /relay(ing)? (access )?(is )?(denied|not (permitted|allowed))|unable to relay|not permitted to relay/i,
    source: postfix,
  },
  { problem: 'reputation_refused', enhanced: /5\.7\.(511|60[6-9]|6[1-4]\d)/, source: microsoft },
  {
    problem: 'reputation_refused',
    text: /spamhaus|spamcop|barracudacentral|block ?list|black ?list|\bdnsbl\b|\brbl\b|reputation/i,
    source: wording,
  },
  { problem: 'mail_not_authenticated', enhanced: /[45]\.7\.2[0-7]/, source: 'RFC 7372 §3, RFC 7489 §10.3' },
  { problem: 'mail_not_authenticated', enhanced: /[45]\.7\.(509|515)/, source: microsoft },
  {
    problem: 'content_refused',
    text: /\bspam\b|unsolicited|virus|malware|phish|potential security issue|content (was )?rejected/i,
    source: wording,
  },
  { problem: 'content_refused', enhanced: /5\.6\.\d+/, source: iana },
];

/** What is left goes by number. */
const byNumber: readonly ReplyRule[] = [
  { problem: 'server_busy', codes: [421, 432], source: 'RFC 5321 §3.8' },
  { problem: 'server_busy', enhanced: /4\.3\.[0-3]|4\.4\.5/, source: iana },
  { problem: 'server_busy', codes: [452], source: 'RFC 5321 §4.2.3: insufficient storage' },
  { problem: 'mailbox_full', codes: [552], steps: ['rcpt'], source: 'RFC 5321 §4.2.3: storage allocation' },
  { problem: 'policy_refused', enhanced: /[45]\.7\.\d+/, source: iana },
  { problem: 'protocol_error', codes: [500, 501, 502, 503, 504, 555], source: 'RFC 5321 §4.2.3' },
];

export const replyRules: readonly ReplyRule[] = [...signIn, ...limits, ...policy, ...recipient, ...byNumber];
