import { type Client, type components, makeClient, problemSentence, Unreachable } from '#client';
import { type Command, type Given, misused, printResult, refused } from '../command.ts';
import type { World } from '../world.ts';
import { targetOf } from './target.ts';

/** The options of every command that asks a running installation. */
export const runningOptions = { api: { type: 'string' }, key: { type: 'string' } } as const;

export type Answered<Data> = {
  readonly data?: Data;
  readonly error?: components['schemas']['Problem'];
  readonly response: Response;
};

/** Asks a running installation and shows what it says; returns the exit code. What it refuses is said as a sentence. */
export async function askRunning<Data>(
  given: Given,
  world: World,
  ask: (client: Client) => Promise<Answered<Data>>,
  show: (data: Data) => void,
): Promise<number> {
  const target = await targetOf(given, world);
  if ('sentence' in target) return misused(world, target.sentence);
  try {
    const { data, error, response } = await ask(makeClient(target));
    if (data === undefined) return refused(world, problemSentence(error, response.status));
    show(data);
    return 0;
  } catch (error) {
    if (!(error instanceof Unreachable)) throw error;
    return refused(world, `The installation does not answer (${error.code}). Is Envoi running there?`);
  }
}

/** What a call without an answer did, as data to show. */
export async function doneBy<Data>(
  asked: Promise<{ readonly error?: components['schemas']['Problem']; readonly response: Response }>,
  data: Data,
): Promise<Answered<Data>> {
  const { error, response } = await asked;
  return response.ok ? { data, response } : { error, response };
}

/** A command that asks a running installation one thing, and shows it: as lines, or as the API says it with `--json`. */
export function showing<Data>(of: {
  readonly name: string;
  readonly summary: string;
  /** Options of its own, and how the usage tells of them. */
  readonly options?: Command['options'];
  readonly usage?: string;
  /** How many words follow; absent: none. */
  readonly words?: Command['words'];
  readonly ask: (client: Client, given: Given, words: readonly string[]) => Promise<Answered<Data>>;
  readonly lines: (data: Data) => readonly string[];
  /** Said where there are no lines. */
  readonly none?: string;
}): Command {
  const { name, summary, options, usage, words = [0, 0], ask, lines, none } = of;
  return {
    name,
    usage: [usage, '[--api URL] [--key KEY]'].filter(Boolean).join(' '),
    summary,
    options: { ...options, ...runningOptions },
    words,
    run: ({ words: typed, given, isJson }, world) =>
      askRunning(
        given,
        world,
        (client) => ask(client, given, typed),
        (data) => {
          const said = lines(data);
          printResult(world, isJson, data, said.length > 0 || none === undefined ? said : [none]);
        },
      ),
  };
}

/** The lines of a page of a list, and that there are more. */
export function linesOf<Item>(
  { items, nextCursor }: { readonly items: readonly Item[]; readonly nextCursor: string | null },
  lineOf: (item: Item) => string,
): string[] {
  return [...items.map(lineOf), ...(nextCursor === null ? [] : ['There are more.'])];
}
