import { readFile, stat } from 'node:fs/promises';
import { type Command, misused, printResult } from '../command.ts';

const mostBytes = 2 ** 30;

/** Checks an evidence file, without an installation and without a network. */
export const verifyEvidence: Command = {
  name: 'verify',
  usage: 'FILE.asice',
  summary: 'checks an evidence file and names the first thing that does not hold',
  options: {},
  words: [1, 1],
  run: async ({ words: [path = ''], isJson }, world) => {
    const found = await stat(path).catch(() => null);
    if (!found?.isFile()) return misused(world, `${path} is not a file.`);
    if (found.size > mostBytes) return misused(world, `${path} is too large for an evidence file.`);
    const { checkEvidence, describeEvidence } = await import('#formats/proof');
    const report = await checkEvidence(new Uint8Array(await readFile(path)));
    printResult(world, isJson, report, describeEvidence(report));
    return report.ok ? 0 : 1;
  },
};
