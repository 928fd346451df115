import type { Dialect } from '../dialect.ts';
import { readBlocks, textDialect } from '../text-dialect.ts';

const rule = textDialect({
  name: 'ezweb',
  source: 'au (ezweb.ne.jp): "The user(s) account is …", "Each of the following recipients was rejected …"',
  when: { from: /postmaster@(?:ezweb\.ne\.jp|au\.com)/i },
  means: [
    ['account is disabled', 'mailbox_disabled'],
    ['account is temporarily limited', 'mailbox_disabled'],
    ['account is temporarily over quota', 'mailbox_full'],
    ['your message was not delivered within', 'expired'],
  ],
});

/** The reason stands above the addresses or below them, depending on the reason; so the whole text counts for each. */
export const ezweb: Dialect = {
  ...rule,
  read: (mail) => {
    const whole = mail.lines.join(' ');
    const spoken = whole.includes('>>> RCPT') || whole.includes('in reply to RCPT');
    // X-SPASIGN: NG is set when the recipient's own filter refused.
    const filtered =
      mail.header('x-spasign').trim().toUpperCase() === 'NG' || (!spoken && rejectedByRemote(whole));
    const named = readBlocks(mail.lines, { recipient: /^\s{0,8}Recipient:\s*<([^\s<>]{1,400})>/ });
    const found = named.length > 0 ? named : rule.read(mail);
    return found.map((notice) => ({
      ...notice,
      diagnostic: whole.replace(/\s+/g, ' ').trim().slice(0, 2000),
      ...(filtered ? { class: 'policy' as const } : {}),
    }));
  },
};

const rejectedByRemote = (words: string): boolean =>
  /each of the following recipients was rejected by a remote/i.test(words);
