import { textDialect } from '../text-dialect.ts';

export const opensmtpd = textDialect({
  name: 'opensmtpd',
  source: 'OpenSMTPD, usr.sbin/smtpd/bounce.c',
  when: { says: ['this is the mailer-daemon, please do not reply to this'] },
  after: ['list of recipients'],
  until: ['below is a copy of the original message', 'please note that this is only a temporary failure'],
  means: [
    ['envelope expired', 'expired'],
    ['domain does not exist', 'domain_unknown'],
    ['could not retrieve source address', 'system'],
    ['network error on destination', 'network'],
  ],
});
