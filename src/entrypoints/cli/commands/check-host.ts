import type { Command } from '../command.ts';
import { printResult } from '../command.ts';

/** Looks whether this machine is what others expect of one that sends mail. */
export const checkHost: Command = {
  name: 'check-host',
  usage: '',
  summary:
    'looks whether name, addresses, reverse DNS, certificate and proxies of this machine are as others want them',
  options: {},
  words: [0, 0],
  run: async (typed, world) => {
    const findings = await world.lookAtMachine();
    const lines = findings.map(({ question, about, expected, found, good }) =>
      good
        ? `ok  ${sentences[question]} (${about}: ${found.join(', ')})`
        : `BAD ${sentences[question]} (${about}: expected ${expected || 'an address'}, found ${found.join(', ') || 'nothing'})`,
    );
    const host = findings.find(({ question }) => question === 'name')?.found[0];
    printResult(world, typed.isJson, { host, findings }, lines);
    return findings.every(({ good }) => good) ? 0 : 1;
  },
};

const sentences = {
  name: 'The machine has a public name',
  addresses: 'The addresses that mail leaves from are told',
  forward: 'The name leads to such an address',
  reverse: 'The address leads back to the name and the name to it (PTR)',
  certificate: 'The SMTP servers have a certificate for that name',
  proxies: 'The proxy before it is believed',
} as const;
