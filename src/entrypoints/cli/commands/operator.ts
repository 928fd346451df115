import { type Command, printResult, refused } from '../command.ts';

/** Shows who runs the installation, or makes somebody an operator. */
export const operator: Command = {
  name: 'operator',
  usage: '[EMAIL] [--remove]',
  summary: 'shows who sees the page of the installation; with an address: adds that person, or takes him off',
  options: { remove: { type: 'boolean' } },
  words: [0, 1],
  run: async ({ words: [email], given, isJson }, world) => {
    const accounts = await import('#domain/accounts');
    const { asWorker } = await import('#stores/database');
    const installation = await world.open();
    try {
      const operators = await asWorker(installation.database, async (tx) => {
        const user = email === undefined ? null : await accounts.findUser(tx, email);
        if (email !== undefined && !user) return null;
        if (user && given['remove'] === true) await accounts.removeOperator(tx, user.id);
        else if (user) await accounts.addOperator(tx, user.id, installation.clock());
        return accounts.listOperators(tx);
      });
      if (!operators) return refused(world, `Nobody signs in as ${email}.`);
      printResult(world, isJson, { operators }, operators.length > 0 ? operators : ['Nobody.']);
      return 0;
    } finally {
      await installation.close();
    }
  },
};
