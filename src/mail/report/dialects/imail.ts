import { textDialect } from '../text-dialect.ts';

export const imail = textDialect({
  name: 'imail',
  source: 'Ipswitch IMail Server, smtp32: "reason: address" on one line',
  when: { subject: /^undeliverable mail/i },
  recipient:
    /^\s{0,4}(?!to:|cc:|from:|bcc:)(?:[A-Za-z][A-Za-z ]{3,60}:|undeliverable to)\s*<?([^\s<>:]{1,160}@[^\s<>:]{1,255})/i,
  otherwise: 'returned_to',
});
