import { type Command, misused } from '../command.ts';
import { readNamedFile } from './read-file.ts';

/** Prints what a mail that came back says; needs no data. */
export const readReport: Command = {
  name: 'read-report',
  usage: 'FILE.eml',
  summary: 'prints what a mail that came back says (bounce, complaint, receipt, reply), as JSON',
  options: {},
  words: [1, 1],
  run: async ({ words }, world) => {
    // Loaded here: other commands need not wait for it.
    const report = await import('#mail/report');
    const file = await readNamedFile(words[0] ?? '');
    if (!file.ok) return misused(world, file.sentence);
    world.print(JSON.stringify(report.describeReport(await report.readReport(file.bytes)), null, 2));
    return 0;
  },
};
