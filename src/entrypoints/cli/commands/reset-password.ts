import { type Command, misused, printResult, refused } from '../command.ts';

/** Sets a new password for somebody who has forgotten it. */
export const resetPassword: Command = {
  name: 'user reset-password',
  usage: 'EMAIL [--stdin]',
  summary: 'sets a new password: one that is made and printed, or the line on standard input',
  options: { stdin: { type: 'boolean' } },
  words: [1, 1],
  run: async ({ words, given, isJson }, world) => {
    const email = words[0] ?? '';
    const typed = given['stdin'] === true ? (await world.readInput()).replace(/\r?\n$/, '') : null;
    if (typed !== null && /[\r\n]/.test(typed)) return misused(world, 'A password is one line.');
    const accounts = await import('#domain/accounts');
    const { randomToken } = await import('#base/crypto');
    const password = typed ?? randomToken(15); // 120 bits in 20 characters that can be typed
    const installation = await world.open();
    const { database, clock } = installation;
    try {
      const done = await accounts.resetPassword(database, { email, password, actor: 'system' }, clock());
      if (!done.ok)
        return refused(
          world,
          done.reason === 'unknown_user'
            ? `Nobody signs in as ${email}.`
            : `A password has ${accounts.shortestPassword} characters or more.`,
        );
      const result = { email, ...(typed === null ? { password } : {}) };
      printResult(world, isJson, result, typed === null ? [password] : []);
      world.say(`The password of ${email} is changed; who was signed in as ${email} no longer is.`);
      return 0;
    } finally {
      await installation.close();
    }
  },
};
