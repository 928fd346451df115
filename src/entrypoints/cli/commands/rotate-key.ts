import { type Command, printResult } from '../command.ts';
import { recordOnEveryChain } from './record-rotation.ts';

/** Gives the log a new key; the change is an event that both keys have signed, on the chain of every company. */
export const rotateKey: Command = {
  name: 'keys rotate',
  usage: '',
  summary: 'gives the log a new signing key; restart running processes afterwards',
  options: {},
  words: [0, 0],
  run: async ({ isJson }, world) => {
    const { rotateLogKey } = await import('#stores/keys');
    const installation = await world.open();
    try {
      const rotation = await rotateLogKey(installation.keyFolder, installation.keys);
      const companies = await recordOnEveryChain(installation, { ...rotation });
      printResult(world, isJson, { ...rotation, companies }, [
        `The log is signed with a new key from the next start on: ${rotation.to}`,
        'Back the folder of keys up again, and restart running processes.',
      ]);
      return 0;
    } finally {
      await installation.close();
    }
  },
};
