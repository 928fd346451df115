import { textDialect } from '../text-dialect.ts';

export const messagingServer = textDialect({
  name: 'messaging_server',
  source:
    'Oracle (Sun, iPlanet) Messaging Server and PMDF: "Recipient address:", "Reason:", "Diagnostic code:"',
  when: { says: ['recipient address:'] },
  recipient: /^\s{0,8}Recipient address:\s*<?([^\s<>]{1,400})/i,
});
