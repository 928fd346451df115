import type { Command } from '../command.ts';
import { printResult } from '../command.ts';

/** Looks whether this machine is what others expect of one that sends mail. */
export const checkHost: Command = {
  name: 'check-host',
  usage: '',
  summary:
    'looks whether name, addresses and reverse DNS of this machine agree, as others want it for direct delivery',
  options: {},
  words: [0, 0],
  run: async (typed, world) => {
    const { checkHost: look } = await import('#domain/senders');
    const installation = await world.open();
    try {
      const { ownDns, host } = installation.senders;
      const findings = await look(ownDns(), host);
      const lines = findings.map(({ question, about, expected, found, good }) =>
        good
          ? `ok  ${sentences[question]} (${about}: ${found.join(', ')})`
          : `BAD ${sentences[question]} (${about}: expected ${expected || 'an address'}, found ${found.join(', ') || 'nothing'})`,
      );
      printResult(world, typed.isJson, { host: host.name, findings }, lines);
      return findings.every(({ good }) => good) ? 0 : 1;
    } finally {
      await installation.close();
    }
  },
};

const sentences = {
  name: 'The machine has a public name',
  addresses: 'The addresses that mail leaves from are told',
  forward: 'The name leads to such an address',
  reverse: 'The address leads back to the name (PTR)',
} as const;
