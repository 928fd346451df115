import { type Command, printResult, refused } from '../command.ts';

/** Prints the records of a domain as the DNS has them now. */
export const checkDomain: Command = {
  name: 'check-domain',
  usage: 'DOMAIN [--company ID]',
  summary:
    'asks the DNS for the records of a domain; of one that is not set up: its mail servers, SPF and DMARC',
  options: { company: { type: 'string' } },
  words: [1, 1],
  run: async ({ words, given, isJson }, world) => {
    const { domainSentence, findDomain } = await import('./find-domain.ts');
    const installation = await world.open();
    try {
      const company = typeof given['company'] === 'string' ? given['company'] : null;
      const found = await findDomain(installation, words[0] ?? '', company);
      if (!found.ok) return refused(world, found.sentence);
      const { name, state, records } = found;
      printResult(world, isJson, { name, state, records }, [
        `${name}: ${state}`,
        ...records.flatMap((record) => domainSentence(record)),
      ]);
      const isGood = records.every((record) => record.valid || !record.required);
      return isGood && state !== 'unknown' ? 0 : 1;
    } finally {
      await installation.close();
    }
  },
};
