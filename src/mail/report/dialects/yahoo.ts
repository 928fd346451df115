import { textDialect } from '../text-dialect.ts';

export const yahoo = textDialect({
  name: 'yahoo',
  source:
    'Yahoo Mail, AOL: "Sorry, we were unable to deliver your message to the following address", then as qmail does',
  when: { says: ['sorry, we were unable to deliver your message to the following address'] },
  recipient: /^\s{0,4}<?([^\s<>]{1,160}@[^\s<>]{1,255}?)>?:(?=\s|$)/,
  stage: 'rcpt',
});
