import { type Command, printResult, refused } from '../command.ts';

/** Lets somebody in by the password alone who has lost telephone and recovery codes. */
export const removeSecondStep: Command = {
  name: 'user remove-second-step',
  usage: 'EMAIL',
  summary: 'for somebody who has lost telephone and recovery codes: the password alone lets in again',
  options: {},
  words: [1, 1],
  run: async ({ words, isJson }, world) => {
    const email = words[0] ?? '';
    const { dropSecondFactor } = await import('#domain/accounts');
    const installation = await world.open();
    const { database, clock } = installation;
    try {
      if (!(await dropSecondFactor(database, email, clock())))
        return refused(world, `Nobody signs in as ${email}.`);
      printResult(world, isJson, { email }, []);
      world.say(
        `${email} signs in by the password alone from now on, and is no longer signed in anywhere. Be sure that you know who asked for it.`,
      );
      return 0;
    } finally {
      await installation.close();
    }
  },
};
