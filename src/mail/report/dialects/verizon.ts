import { textDialect } from '../text-dialect.ts';

export const verizon = textDialect({
  name: 'verizon',
  source: 'Verizon mail to SMS and MMS (vtext.com, vzwpix.com)',
  when: { from: /@(?:[^\s@]{0,60}\.)?(?:vtext|vzwpix)\./i },
  recipient: /^\s{0,4}(?:RCPT TO|To):\s*<?([^\s<>]{1,400})/i,
  reason: 'before',
  reasonLines: ['error:', ' - '],
});
