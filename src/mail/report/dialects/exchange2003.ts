import { textDialect } from '../text-dialect.ts';

export const exchange2003 = textDialect({
  name: 'exchange2003',
  source: 'Exchange 5.5 to 2003: reports of the Internet Mail Service, MSEXCH:IMS codes',
  when: { says: ['did not reach the following recipient', 'konnte die folgenden empfänger nicht erreichen'] },
  after: ['did not reach the following recipient', 'konnte die folgenden empfänger nicht erreichen'],
  recipient: /^\s{0,8}["'<]?([^\s<>"']{1,160}@[^\s<>"']{1,255})(?:["'>])?(?:\s+(?:on|am|le|el)\s|\s*$|,)/i,
  otherwise: 'returned_to',
  means: [
    ['the recipient name is not recognized', 'mailbox_unknown'],
    ['unknown recipient', 'mailbox_unknown'],
    ['000c05a6', 'mailbox_unknown'],
    ['000c0595', 'mailbox_unknown'],
    ['00010256', 'too_big'],
    ['000b09b6', 'too_big'],
    ['000d06c0', 'domain_unknown'],
  ],
});
