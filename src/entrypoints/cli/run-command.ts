import { parseArgs } from 'node:util';
import manifest from '../../../package.json' with { type: 'json' };
import { type Command, misused, type Typed } from './command.ts';
import { commands } from './commands.ts';
import { helpOf, helpText } from './help.ts';
import type { World } from './world.ts';

/**
 * Runs a command of the command line (`argv` without node and the program) and returns its exit code: 0 good, 1 refused,
 * 2 misuse. Results go to standard output, sentences to standard error.
 */
export async function runCommand(argv: readonly string[], world: World): Promise<number> {
  const first = argv[0];
  if (first === undefined) return misused(world, helpText(commands));
  if (first === '--version' || first === '-v') {
    world.print(argv.includes('--json') ? JSON.stringify({ version: manifest.version }) : manifest.version);
    return 0;
  }
  if (first === 'help' || first === '--help' || first === '-h') return help(argv.slice(1), world);
  const command = find(argv);
  if (!command) return misused(world, `There is no command "${first}". See: envoi help`);
  const typed = read(command, argv.slice(command.name.split(' ').length));
  if (!typed.ok) return misused(world, `${typed.problem}\n${helpOf(command)}`);
  if (typed.isHelp) {
    world.print(helpOf(command));
    return 0;
  }
  try {
    return await command.run(typed, world);
  } catch (error) {
    return failed(error, world);
  }
}

function find(argv: readonly string[]): Command | undefined {
  return commands.find(({ name }) => name.split(' ').every((word, index) => argv[index] === word));
}

function help(argv: readonly string[], world: World): number {
  const command = find(argv);
  world.print(
    argv.includes('--json')
      ? JSON.stringify(commands.map(({ name, usage, summary }) => ({ name, usage, summary })))
      : command
        ? helpOf(command)
        : helpText(commands),
  );
  return 0;
}

type Reading =
  | ({ readonly ok: true; readonly isHelp: boolean } & Typed)
  | { readonly ok: false; readonly problem: string };

function read(command: Command, args: readonly string[]): Reading {
  try {
    const options = {
      ...command.options,
      json: { type: 'boolean' },
      help: { type: 'boolean', short: 'h' },
    } as const;
    const { values, positionals } = parseArgs({
      args: [...args],
      options,
      allowPositionals: true,
      strict: true,
    });
    const [least, most] = command.words;
    const isHelp = values.help === true;
    if (!isHelp && (positionals.length < least || positionals.length > most))
      return {
        ok: false,
        problem: positionals.length < least ? 'Something is missing.' : 'That is too much.',
      };
    return { ok: true, isHelp, words: positionals, given: values, isJson: values.json === true };
  } catch (error) {
    // parseArgs says in its message what it does not know.
    return { ok: false, problem: error instanceof Error ? error.message : String(error) };
  }
}

/** What the stores and the roof throw about the surroundings has a sentence for a person; anything else is a bug. */
const sentences: ReadonlySet<string> = new Set([
  'Unusable',
  'DatabaseUnavailable',
  'UnusableKey',
  'UnusableKeys',
  'UnusableCertificate',
  'StorageFull',
  'UnusableBackup',
  'UnusableCertificate',
]);

function failed(error: unknown, world: World): number {
  if (error instanceof Error && sentences.has(error.name)) {
    world.say(error.message);
    return 1;
  }
  world.say(
    `Something went wrong: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
  );
  return 1;
}
