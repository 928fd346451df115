import { resolve } from 'node:path';
import { type Command, counted, type Given, printResult, textOf } from '../command.ts';
import { Unusable } from '../world.ts';
import { readNamedFile } from './read-file.ts';

/** Saves everything while Envoi runs. */
export const backup: Command = {
  name: 'backup',
  usage: 'DIR [--key-file FILE]',
  summary: 'saves database, files and key into a folder; again into the same one: new files only',
  options: { 'key-file': { type: 'string' } },
  words: [1, 1],
  run: async ({ words, given, isJson }, world) => {
    const order = { folder: resolve(words[0] ?? ''), passphrase: await passphraseOf(given) };
    const made = await world.backUp(order);
    printResult(world, isJson, { folder: order.folder, ...made }, [
      `${made.run}: ${counted(made.rows, 'row')} of ${counted(made.tables, 'table')}, ${counted(made.files, 'file')} (${made.newFiles} new).`,
    ]);
    if (order.passphrase === null)
      world.say(
        'It is not encrypted and holds the key of the installation: keep it where nobody else reads.',
      );
    return 0;
  },
};

/** Loads a backup into an installation that nobody uses. */
export const restore: Command = {
  name: 'restore',
  usage: 'DIR [--run NAME] [--key-file FILE]',
  summary: 'loads a backup into an empty installation; what had not left is held for review',
  options: { run: { type: 'string' }, 'key-file': { type: 'string' } },
  words: [1, 1],
  run: async ({ words, given, isJson }, world) => {
    const folder = resolve(words[0] ?? '');
    const order = { folder, passphrase: await passphraseOf(given), run: textOf(given, 'run') ?? null };
    const done = await world.restore(order);
    printResult(world, isJson, { folder, ...done }, [
      `${done.run}: back are ${counted(done.rows, 'row')} and ${counted(done.files, 'file')}.`,
    ]);
    world.say(
      done.held === 0
        ? 'Nothing waited to leave. Everybody signs in again.'
        : `Held, because they had not left when the backup was made: ${counted(done.held, 'e-mail')}. Look at them under Notices. Everybody signs in again.`,
    );
    return 0;
  },
};

/** What stands in the file, without the line end. */
async function passphraseOf(given: Given): Promise<string | null> {
  const path = textOf(given, 'key-file');
  if (path === undefined) return null;
  const file = await readNamedFile(path);
  if (!file.ok) throw new Unusable(file.sentence);
  const text = Buffer.from(file.bytes)
    .toString('utf8')
    .replace(/\r?\n$/, '');
  if (text.length < 12) throw new Unusable(`The passphrase in ${path} has fewer than 12 characters.`);
  return text;
}
