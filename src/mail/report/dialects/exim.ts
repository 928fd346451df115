import { textDialect } from '../text-dialect.ts';

/** Also Mail.ru, cPanel, GMX and 1&1, whose reports are Exim's with other words around them, and Zoho's copy. */
export const exim = textDialect({
  name: 'exim',
  source: 'Exim, src/deliver.c and src/moan.c: bounce_message and warn_message texts',
  when: {
    says: [
      'created automatically by mail delivery software',
      'created automatically by the smtp relay',
      'message that you sent could not be delivered',
      'message has not yet been delivered',
      'has not been delivered to all of its recipients after',
      'could not be delivered to all of its recipients',
    ],
  },
  after: [
    'following address(es) failed',
    'following addresses failed',
    'following address failed',
    'the address to which the message has not yet been delivered is',
    'the addresses to which the message has not yet been delivered are',
    'this is a permanent error',
    'all of its recipients',
    'of its recipients',
  ],
  until: [
    'the following text was generated during the delivery attempt',
    'no action is required on your part',
  ],
  otherwise: 'failed_header',
  means: [
    ['account or domain may not exist', 'domain_unknown'], // cPanel
    ['unrouteable address', 'domain_unknown'],
    ['pipe to |', 'system'],
  ],
});
