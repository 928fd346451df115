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
    const lines = findings.map(({ sentence, good }) => `${good ? 'ok ' : 'BAD'} ${sentence}`);
    const host = findings.find(({ question }) => question === 'name')?.found[0];
    printResult(world, typed.isJson, { host, findings }, lines);
    return findings.every(({ good }) => good) ? 0 : 1;
  },
};
