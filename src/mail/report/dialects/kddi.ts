import { textDialect } from '../text-dialect.ts';

export const kddi = textDialect({
  name: 'kddi',
  source: 'au by KDDI: "Could not be delivered to: <address>" and the reason below it',
  when: { says: ['could not be delivered to: <'] },
  recipient: /could not be delivered to:\s*<([^\s<>]{1,400})>/i,
  means: [
    ['as their mailbox is full', 'mailbox_full'],
    ['due to the following smtp relay error', 'policy'],
    ['as the remote domain doesnt exist', 'domain_unknown'],
  ],
});
