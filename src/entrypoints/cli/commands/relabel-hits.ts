import { type Command, counted, printResult } from '../command.ts';

/** Looks at recorded hits once more, by the rules in force now. */
export const relabelHits: Command = {
  name: 'relabel-hits',
  usage: '',
  summary: 'says anew who opened links and pixels, by the rules in force now, and counts anew',
  options: {},
  words: [0, 0],
  run: async ({ isJson }, world) => {
    const tracking = await import('#domain/tracking');
    const installation = await world.open();
    const { database, ruleset, clock } = installation;
    try {
      const done = await tracking.relabelHits(database, ruleset, clock());
      printResult(world, isJson, { ...done, ruleset: ruleset.version }, [
        `Looked at by the rules ${ruleset.version}: ${counted(done.messages, 'message')}; with another label now: ${counted(done.hits, 'hit')}.`,
      ]);
      return 0;
    } finally {
      await installation.close();
    }
  },
};
