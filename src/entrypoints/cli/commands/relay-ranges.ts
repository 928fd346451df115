import { readFile } from 'node:fs/promises';
import { type Command, counted, refused } from '../command.ts';

/** Makes the published list of iCloud Private Relay into an entry for a file of rules on hits; needs no data. */
export const relayRanges: Command = {
  name: 'relay-ranges',
  usage: 'FILE.csv',
  summary: 'prints the list of iCloud Private Relay as the entry "private_relay" of a rules file, as JSON',
  options: {},
  words: [1, 1],
  run: async ({ words: [path = ''] }, world) => {
    const { readRelayRanges } = await import('#domain/tracking');
    const read = readRelayRanges(await readFile(path, 'utf8'), world.clock().toISOString().slice(0, 10));
    if (!read.ok) return refused(world, `There is no list of address ranges in ${path}, or it has too many.`);
    if (read.skipped > 0)
      world.say(`Left out, because they are no ranges: ${counted(read.skipped, 'line')}.`);
    world.print(JSON.stringify(read.entry, null, 2));
    return 0;
  },
};
