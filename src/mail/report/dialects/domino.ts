import { textDialect } from '../text-dialect.ts';

export const domino = textDialect({
  name: 'domino',
  source: 'HCL Domino router: subject "DELIVERY FAILURE: reason", body "was not delivered to … because"',
  when: {
    says: [
      'was not delivered to:',
      'wurde nicht zugestellt an:',
      "n'a pas été remis à",
      'non è stato consegnato a:',
    ],
  },
  after: [
    'was not delivered to:',
    'wurde nicht zugestellt an:',
    "n'a pas été remis à",
    'non è stato consegnato a:',
  ],
  otherwise: 'returned_to',
  means: [
    ['not listed in domino directory', 'mailbox_unknown'],
    ['not listed in public name & address book', 'mailbox_unknown'],
    ['no route found to domain', 'domain_unknown'],
    ['several matches found in domino directory', 'system'],
    ['maximum hop count', 'network'],
    ['error delivering to', 'system'],
  ],
});
