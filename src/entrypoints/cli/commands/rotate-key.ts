import { type Command, printResult } from '../command.ts';

/** Gives the log a new key; the change is an event that both keys have signed, on the chain of every company. */
export const rotateKey: Command = {
  name: 'keys rotate',
  usage: '',
  summary: 'gives the log a new signing key; restart running processes afterwards',
  options: {},
  words: [0, 0],
  run: async ({ isJson }, world) => {
    const { listCompanyIds } = await import('#domain/accounts');
    const { record } = await import('#domain/evidence');
    const { asWorker } = await import('#stores/database');
    const { rotateLogKey } = await import('#stores/keys');
    const installation = await world.open();
    const { database, clock, keys, keyFolder } = installation;
    try {
      const rotation = await rotateLogKey(keyFolder, keys);
      const companies = await asWorker(database, async (tx) => {
        const ids = await listCompanyIds(tx);
        const fact = {
          type: 'key.rotated' as const,
          at: clock(),
          actor: 'system' as const,
          data: { ...rotation },
        };
        await record(
          tx,
          ids.map((companyId) => ({ ...fact, companyId })),
        );
        return ids.length;
      });
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
