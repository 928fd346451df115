import { textDialect } from '../text-dialect.ts';

export const trendMicro = textDialect({
  name: 'trend_micro',
  source: 'Trend Micro InterScan MSS: "Sent <<< RCPT TO:<…>" and "Received >>> 550 …"',
  when: { says: ['sent <<<', 'received >>>', 'unable to deliver message to <'] },
  recipient: /(?:Sent <<< RCPT TO:\s?|unable to deliver message to )<([^\s<>]{1,400})>/i,
  otherwise: 'returned_to',
  means: [['(and other recipients in the same domain)', 'mailbox_unknown']],
});
