import { textDialect } from '../text-dialect.ts';

export const fml = textDialect({
  name: 'fml',
  source: 'fml mailing list server: X-MLServer header; sentences that name the list in angle brackets',
  when: { header: ['x-mlserver', /fml/i] },
  recipient: /(?:mailing list|in|from|to)\s<([^\s<>]{1,400})>/i,
  otherwise: 'returned_to',
  means: [
    ['not a member', 'policy'],
    ['reject', 'policy'],
    ['loop', 'network'],
    ['duplicated message-id', 'system'],
  ],
});
