import { textDialect } from '../text-dialect.ts';

export const dragonfly = textDialect({
  name: 'dragonfly',
  source: 'DragonFly Mail Agent, mail.c: bounce()',
  when: { says: ['this is the dragonfly mail agent'] },
  recipient: /error delivering your mail to <([^<>\s]{1,400})>/i,
  means: [['giving up', 'expired']],
});
