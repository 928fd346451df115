import { greylisting, type RudeMoment, type RudeRule } from './rude-script.ts';

/** What a server does · its script · the outcome that must come of it: kind, step, problem. */
export type RudeCase = readonly [does: string, script: readonly RudeRule[], expected: string];

const says = (at: RudeMoment, reply: string | readonly string[]): RudeRule => ({ at, reply });
const parts = (at: RudeMoment, reply: string): RudeRule => ({ at, reply, hangUp: 'close' });
const closes = (at: RudeMoment): RudeRule => ({ at, hangUp: 'close' });
const resets = (at: RudeMoment): RudeRule => ({ at, hangUp: 'reset', waitMs: 10 });

export const rudeCases: readonly RudeCase[] = [
  // before the greeting, in it
  ['closes before the greeting', [closes('connect')], 'temporary greeting closed_by_server'],
  ['resets before the greeting', [resets('connect')], 'temporary greeting closed_by_server'],
  ['never greets', [{ at: 'greeting', silent: true }], 'temporary greeting no_greeting'],
  [
    'greets with 421',
    [parts('greeting', '421 too many connections from you')],
    'temporary greeting rate_limited',
  ],
  [
    'greets with 554',
    [says('greeting', '554 5.7.1 listed at Spamhaus')],
    'permanent greeting reputation_refused',
  ],
  [
    'greets as a web server',
    [{ at: 'greeting', raw: 'HTTP/1.1 400 Bad Request\r\n\r\n' }],
    'temporary greeting protocol_error',
  ],
  [
    'greets with octets',
    [{ at: 'greeting', raw: Buffer.alloc(9000, 0xff) }],
    'temporary greeting protocol_error',
  ],
  ['greets without end', [{ at: 'greeting', endless: 220 }], 'temporary greeting protocol_error'],
  [
    'greets octet by octet, too slowly',
    [{ at: 'greeting', reply: '220 here I am', dribbleMs: 100 }],
    'temporary greeting no_greeting',
  ],
  ['greets octet by octet, in time', [{ at: 'greeting', reply: '220 hi', dribbleMs: 2 }], 'accepted dot'],
  ['greets in many lines', [says('greeting', ['220-one', '220-two', '220 three'])], 'accepted dot'],
  // EHLO
  ['closes after EHLO', [closes('ehlo')], 'temporary hello closed_by_server'],
  ['knows only HELO', [says('ehlo', '502 5.5.2 what?')], 'accepted dot'],
  ['refuses EHLO and HELO', [says('ehlo', '550 no'), says('helo', '550 no')], 'permanent hello refused'],
  ['answers EHLO with 421', [says('ehlo', '421 4.3.2 shutting down')], 'temporary hello server_busy'],
  ['answers EHLO with two codes', [says('ehlo', ['250-yes', '550 no'])], 'temporary hello protocol_error'],
  // MAIL
  ['closes after MAIL', [closes('mail')], 'temporary mail closed_by_server'],
  [
    'refuses the sender',
    [says('mail', '553 5.7.1 Sender address rejected: not owned by user')],
    'permanent mail sender_not_allowed',
  ],
  ['wants a login', [says('mail', '530 5.7.0 Authentication required')], 'permanent mail auth_required'],
  ['answers MAIL with 451', [says('mail', '451 4.3.0 later')], 'temporary mail server_busy'],
  ['answers MAIL with 421', [parts('mail', '421 bye')], 'temporary mail server_busy'],
  ['answers MAIL with 354', [says('mail', '354 go on')], 'temporary mail protocol_error'],
  [
    'answers MAIL with garbage',
    [{ at: 'mail', raw: '\u0000\u0001garbage\r\n' }],
    'temporary mail protocol_error',
  ],
  // RCPT
  ['closes after RCPT', [closes('rcpt')], 'temporary rcpt closed_by_server'],
  [
    'does not know the mailbox',
    [says('rcpt', '550 5.1.1 <x>: User unknown')],
    'permanent rcpt mailbox_unknown',
  ],
  ['does not relay', [says('rcpt', '554 5.7.1 <x>: Relay access denied')], 'permanent rcpt relay_denied'],
  ['greylists', greylisting, 'temporary rcpt greylisted'],
  ['has a full mailbox', [says('rcpt', '452 4.2.2 over quota')], 'temporary rcpt mailbox_full'],
  ['answers RCPT with 421', [says('rcpt', '421 4.7.0 try later')], 'temporary rcpt server_busy'],
  ['forwards the recipient', [says('rcpt', '251 will forward')], 'accepted dot'],
  [
    'refuses the recipient but asks for the message',
    [says('rcpt', '550 5.1.1 no'), says('data', '354 go on')],
    'permanent rcpt mailbox_unknown',
  ],
  ['refuses the recipient and closes', [parts('rcpt', '550 5.1.1 no')], 'permanent rcpt mailbox_unknown'],
  // DATA
  ['closes after DATA', [closes('data')], 'temporary data closed_by_server'],
  ['refuses DATA', [says('data', '554 5.5.1 no valid recipients')], 'permanent data refused'],
  ['answers DATA with 451', [says('data', '451 4.3.1 disk')], 'temporary data server_busy'],
  ['answers DATA with 250', [says('data', '250 fine')], 'temporary data protocol_error'],
  ['never answers DATA', [{ at: 'data', silent: true }], 'temporary data answer_timeout'],
  // inside the message
  [
    'closes inside the message',
    [{ at: 'body', afterBytes: 1000, hangUp: 'close' }],
    'temporary body closed_by_server',
  ],
  [
    'resets inside the message',
    [{ at: 'body', afterBytes: 1000, hangUp: 'reset' }],
    'temporary body closed_by_server',
  ],
  [
    'refuses inside the message',
    [{ at: 'body', afterBytes: 1000, reply: '552 5.3.4 message too big', hangUp: 'close' }],
    'permanent body too_big',
  ],
  [
    'accepts inside the message',
    [{ at: 'body', afterBytes: 1000, reply: '250 enough' }],
    'temporary body protocol_error',
  ],
  // after the dot
  ['closes after the dot', [closes('dot')], 'unknown_after_dot dot closed_by_server'],
  [
    'keeps the message, then closes',
    [{ at: 'dot', store: true, hangUp: 'close' }],
    'unknown_after_dot dot closed_by_server',
  ],
  ['resets after the dot', [resets('dot')], 'unknown_after_dot dot closed_by_server'],
  ['never answers the dot', [{ at: 'dot', silent: true }], 'unknown_after_dot dot answer_timeout'],
  [
    'closes in the middle of its answer',
    [{ at: 'dot', raw: '250 2.0.0 O', hangUp: 'close' }],
    'unknown_after_dot dot closed_by_server',
  ],
  [
    'closes between two lines of its answer',
    [{ at: 'dot', raw: '250-one\r\n', hangUp: 'close' }],
    'unknown_after_dot dot closed_by_server',
  ],
  ['answers the dot with garbage', [{ at: 'dot', raw: 'ok!\r\n' }], 'unknown_after_dot dot protocol_error'],
  ['answers the dot with 354', [says('dot', '354 more')], 'unknown_after_dot dot protocol_error'],
  ['answers the dot without end', [{ at: 'dot', endless: 250 }], 'unknown_after_dot dot protocol_error'],
  ['answers the dot late but in time', [{ at: 'dot', waitMs: 80, reply: '250 at last' }], 'accepted dot'],
  ['accepts and closes at once', [parts('dot', '250 2.0.0 kept')], 'accepted dot'],
  ['refuses the content', [says('dot', '554 5.7.1 looks like spam')], 'permanent dot content_refused'],
  ['defers after the dot', [says('dot', '451 4.3.0 queue full')], 'temporary dot server_busy'],
  ['gives up after the dot', [parts('dot', '421 4.3.2 going down')], 'temporary dot server_busy'],
];
