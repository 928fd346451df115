import { textDialect } from '../text-dialect.ts';

export const mailMarshal = textDialect({
  name: 'mail_marshal',
  source:
    'Trustwave MailMarshal: "Could not be delivered because of", reason, "The following recipients were affected:"',
  when: { says: ['could not be delivered because of'] },
  after: ['could not be delivered because of'],
  until: ['additional information', 'original sender:'],
  reason: 'before',
});
