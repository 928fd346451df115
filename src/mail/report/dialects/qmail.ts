import { textDialect } from '../text-dialect.ts';

/** Also the many that write like it: Yahoo, qmail-ldap, netqmail, s/qmail, notqmail. */
export const qmail = textDialect({
  name: 'qmail',
  source: 'cr.yp.to/proto/qsbmf.txt (QSBMF); qmail-send.c and qmail-remote.c',
  when: {
    says: [
      'qmail-send program',
      "wasn't able to deliver your message to the following addresses",
      'unable to deliver your message to the following address',
      'unable to deliver message to the following address',
      'this is the machine generated message from mail service',
      'this is the mail delivery agent at',
      'your mail was not delivered to the following address',
      'your mail message to the following address',
      'your message to the following addresses',
      'su mensaje no pudo ser entregado',
    ],
  },
  recipient: /^\s{0,4}<?([^\s<>]{1,160}@[^\s<>]{1,255}?)>?:(?=\s|$)/,
});
