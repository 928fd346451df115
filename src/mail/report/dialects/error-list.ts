import { textDialect } from '../text-dialect.ts';

export const errorList = textDialect({
  name: 'error_list',
  source: 'Gateways that write "The following recipients returned permanent errors: address. Reason: …"',
  when: {
    says: [
      'following recipients returned permanent errors',
      'following recipients returned temporary errors',
    ],
  },
  recipient: /returned (?:permanent|temporary) errors:\s*<?([^\s<>]{1,160}@[^\s<>;,]{1,255}?)[>.,;]*\s/i,
});
