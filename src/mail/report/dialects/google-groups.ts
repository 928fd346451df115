import type { Dialect } from '../dialect.ts';
import { failedHeader, joinWords, returnedTo } from '../text-dialect.ts';

/** In whatever language: the group does not exist, or the sender may not write to it; both in one sentence. */
export const googleGroups: Dialect = {
  name: 'google_groups',
  source:
    'Google Groups, "We\'re writing to let you know that the group you tried to contact …", in 40 languages',
  recognise: (mail) =>
    /mailer-daemon@google(?:mail)?\.com/i.test(mail.fromAddress) &&
    mail.lines.some((line) => line.includes('groups.google.com') || line.trim() === 'Google Groups'),
  read: (mail) => {
    const named = failedHeader(mail);
    const addresses = named.length > 0 ? named : returnedTo(mail).slice(0, 1);
    return addresses.map((address) => ({
      address,
      diagnostic: joinWords(mail.lines),
      class: 'policy' as const,
    }));
  },
};
