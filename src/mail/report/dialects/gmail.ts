import { textDialect } from '../text-dialect.ts';

export const gmail = textDialect({
  name: 'gmail',
  source:
    'Gmail before and after 2016: "Delivery Status Notification", "Address not found", "Message blocked"',
  when: { from: /mailer-daemon@google(?:mail)?\.com/i },
  recipient:
    /^\s{0,10}(?:your message wasn't delivered to |your message to |delivery to )?<?([^\s<>]{1,160}@[^\s<>]{1,255})>?(?=\s|$)/i,
  otherwise: 'failed_header',
  means: [['the recipient server did not accept our requests to connect', 'expired']],
});
