import { textDialect } from '../text-dialect.ts';

export const postfixText = textDialect({
  name: 'postfix_text',
  source: 'Postfix bounce(5) and its older texts, when the part for machines is missing or was cut away',
  when: {
    says: [
      'this is the postfix program at host',
      'this is the mail system at host',
      "i'm sorry to have to inform you that the message returned",
      "i'm sorry to have to inform you that your message could not",
    ],
  },
  recipient: /^\s{0,4}<([^\s<>]{1,160}@[^\s<>]{1,255})>(?:\s\(expanded from[^)]{1,300}\))?:/,
  otherwise: 'returned_to',
});
