import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readCapabilities } from './capabilities.ts';
import { classifyReply } from './classify-reply.ts';
import type { Step } from './outcome.ts';
import { makeReplyReader } from './read-replies.ts';
import type { Reply } from './reply.ts';

/** Step · what real servers say, in their order of words · what it means. Shortened; addresses replaced. */
const answers: readonly [Step, string, string][] = [
  [
    'rcpt',
    '550-5.1.1 The email account that you tried to reach does not exist.\r\n550 5.1.1 gsmtp',
    'mailbox_unknown',
  ],
  [
    'rcpt',
    '550 5.1.1 <x@d.test>: Recipient address rejected: User unknown in virtual mailbox table',
    'mailbox_unknown',
  ],
  ['rcpt', '550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient x@d.test not found', 'mailbox_unknown'],
  ['rcpt', '550 5.4.1 Recipient address rejected: Access denied. [AM0EUR.outlook.com]', 'mailbox_unknown'],
  ['rcpt', '550 No such user here', 'mailbox_unknown'],
  ['rcpt', '550 Unknown user: x@d.test', 'mailbox_unknown'],
  ['rcpt', '550 x@d.test: user does not exist', 'mailbox_unknown'],
  // RFC 5321 gives plain 550 three meanings; without a better word nobody gets suppressed for it.
  ['rcpt', '550 Requested action not taken: mailbox unavailable', 'refused'],
  ['rcpt', '550 5.7.1 Access denied', 'policy_refused'],
  ['rcpt', '550 5.2.1 The email account that you tried to reach is disabled.', 'mailbox_disabled'],
  ['rcpt', '450 4.2.1 The user you are trying to contact is receiving mail too quickly.', 'rate_limited'],
  ['rcpt', '552 5.2.2 The email account that you tried to reach is over quota.', 'mailbox_full'],
  ['rcpt', '452 4.2.2 The email account that you tried to reach is over quota', 'mailbox_full'],
  ['rcpt', '550 5.1.2 Bad destination system address', 'domain_unknown'],
  ['rcpt', '556 5.1.10 Domain does not accept mail', 'domain_unknown'],
  [
    'rcpt',
    '450 4.2.0 <x@d.test>: Recipient address rejected: Greylisted, see http://postgrey.test',
    'greylisted',
  ],
  ['rcpt', '451 4.7.1 Greylisting in action, please come back later', 'greylisted'],
  ['rcpt', '554 5.7.1 <x@d.test>: Relay access denied', 'relay_denied'],
  ['rcpt', '550 5.7.54 SMTP; Unable to relay recipient in non-accepted domain', 'relay_denied'],
  [
    'rcpt',
    '550 5.7.1 Service unavailable; Client host [192.0.2.1] blocked using Spamhaus',
    'reputation_refused',
  ],
  ['rcpt', '550 5.7.606 Access denied, banned sending IP [192.0.2.1]', 'reputation_refused'],
  ['rcpt', '450 4.1.8 <a@b.test>: Sender address rejected: Domain not found', 'sender_not_allowed'],
  ['rcpt', '553 5.7.1 <a@b.test>: Sender address rejected: not owned by user shop', 'sender_not_allowed'],
  ['rcpt', '452 4.5.3 Your message has too many recipients.', 'rate_limited'],
  ['mail', '550 5.7.60 SMTP; Client does not have permissions to send as this sender', 'sender_not_allowed'],
  ['mail', '530 5.7.57 SMTP; Client was not authenticated to send anonymous mail', 'auth_required'],
  ['mail', '530 5.7.0 Must issue a STARTTLS command first', 'tls_required'],
  ['mail', '552 5.3.4 Message size exceeds fixed limit', 'too_big'],
  ['mail', '552 Message size exceeds maximum permitted', 'too_big'],
  ['mail', '452 4.3.1 Insufficient system storage', 'server_busy'],
  ['mail', '421 4.7.0 Try again later, closing connection.', 'server_busy'],
  ['mail', '421 4.7.28 Our system has detected an unusual rate of email', 'rate_limited'],
  ['mail', '503 5.5.1 Error: nested MAIL command', 'protocol_error'],
  [
    'dot',
    '550-5.7.26 This mail has been blocked because the sender is unauthenticated.\r\n550 5.7.26 gsmtp',
    'mail_not_authenticated',
  ],
  [
    'dot',
    '550 5.7.509 Access denied, sending domain does not pass DMARC verification',
    'mail_not_authenticated',
  ],
  [
    'dot',
    '550-5.7.1 Our system has detected that this message is likely unsolicited\r\n550 5.7.1 mail',
    'content_refused',
  ],
  [
    'dot',
    '552-5.7.0 This message was blocked because its content presents a potential\r\n552 5.7.0 security issue',
    'content_refused',
  ],
  ['dot', '552-5.2.3 Your message exceeded Google size limits.\r\n552 5.2.3 gsmtp', 'too_big'],
  ['dot', '550 5.4.5 Daily user sending limit exceeded.', 'rate_limited temporary'],
  [
    'dot',
    '554 5.2.0 STOREDRV.Submission.Exception: SubmissionQuotaExceededException; Submission quota exceeded',
    'rate_limited temporary',
  ],
  ['dot', '432 4.3.2 STOREDRV.Deliver; recipient thread limit exceeded', 'server_busy'],
  ['dot', '451 4.3.0 Temporary lookup failure', 'server_busy'],
  ['dot', '554 Transaction failed', 'refused'],
  ['dot', '451 Requested action aborted', 'refused_for_now'],
];

for (const [step, said, expected] of answers)
  test(`${step}: ${said.replace(/\s+/g, ' ')} → ${expected}`, () => {
    const reply = parse(said);
    const { kind, problem } = classifyReply(step, reply);
    const byNumber = reply.code < 500 ? 'temporary' : 'permanent';
    assert.equal(kind === byNumber ? problem : `${problem} ${kind}`, expected);
  });

test('no answer takes long to classify, however long and repetitive it is', () => {
  const begunAt = performance.now();
  for (const piece of ['mailbox ', 'not allowed to send ', 'account disabled ', 'size exceeded ', 'user x '])
    classifyReply('rcpt', {
      code: 550,
      enhanced: null,
      lines: Array(100).fill(piece.repeat(400)) as string[],
    });
  assert.ok(performance.now() - begunAt < 5000);
});

test('capabilities are read whatever their case, order and shape', () => {
  const lines = [
    'mx.d.test at your service',
    'size 35882577',
    'AUTH=LOGIN',
    'auth plain XOAUTH2',
    'PIPELINING',
  ];
  const more = [
    '8bitmime',
    'SmtpUtf8',
    'STARTTLS',
    'DSN',
    'ENHANCEDSTATUSCODES',
    'LIMITS RCPTMAX=20 MAILMAX=5',
    'X',
    '',
  ];
  const read = readCapabilities({ code: 250, enhanced: null, lines: [...lines, ...more] });
  assert.deepEqual(read, {
    name: 'mx.d.test',
    extended: true,
    pipelining: true,
    eightBitMime: true,
    smtpUtf8: true,
    startTls: true,
    enhancedStatusCodes: true,
    dsn: true,
    size: true,
    maxSize: 35882577,
    authMethods: ['LOGIN', 'PLAIN', 'XOAUTH2'],
    mailMax: 5,
    rcptMax: 20,
    rcptDomainMax: null,
  });
  for (const size of ['SIZE', 'SIZE 0', 'SIZE -1', 'SIZE 1e9', 'SIZE x'])
    assert.equal(readCapabilities({ code: 250, enhanced: null, lines: ['x', size] }).maxSize, null);
});

function parse(said: string): Reply {
  const reply = makeReplyReader().push(Buffer.from(`${said}\r\n`)).replies[0];
  assert.ok(reply);
  return reply;
}
