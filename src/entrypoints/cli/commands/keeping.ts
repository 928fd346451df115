import type { Client } from '#client';
import { type Command, misused, printResult, refused } from '../command.ts';
import { type Answered, askRunning, runningOptions } from './ask-running.ts';
import { readJsonFile } from './read-file.ts';

/** What the commands about one kind of thing that a company keeps have in common. */
interface Kept<Data> {
  readonly name: string;
  readonly summary: string;
  /** What stands for its id in the usage. */
  readonly id: string;
  readonly lineOf: (data: Data) => string;
}

/** A command that makes something as the JSON of a file says, or changes one that is named behind it: what is absent stays. */
export function saving<Data>(
  of: Kept<Data> & {
    readonly make: (client: Client, body: never) => Promise<Answered<Data>>;
    readonly change: (client: Client, id: string, body: never) => Promise<Answered<Data>>;
  },
): Command {
  return {
    name: of.name,
    usage: `FILE.json [${of.id}] [--api URL] [--key KEY]`,
    summary: of.summary,
    options: runningOptions,
    words: [1, 2],
    run: async ({ words: [path = '', id], given, isJson }, world) => {
      const read = await readJsonFile<never>(path);
      if (!read.ok) return refused(world, read.sentence);
      return askRunning(
        given,
        world,
        (client) => (id === undefined ? of.make(client, read.body) : of.change(client, id, read.body)),
        (data) => printResult(world, isJson, data, [of.lineOf(data)]),
      );
    },
  };
}

/** A command that puts something in force, or lets it rest. */
export function switching<Data>(
  of: Kept<Data> & {
    readonly put: (client: Client, id: string, isActive: boolean) => Promise<Answered<Data>>;
  },
): Command {
  return {
    name: of.name,
    usage: `on|off ${of.id} [--api URL] [--key KEY]`,
    summary: of.summary,
    options: runningOptions,
    words: [2, 2],
    run: async ({ words: [to, id = ''], given, isJson }, world) => {
      if (to !== 'on' && to !== 'off')
        return misused(world, `Say on or off, then the id: ${of.name} on ${of.id}.`);
      return askRunning(
        given,
        world,
        (client) => of.put(client, id, to === 'on'),
        (data) => printResult(world, isJson, data, [of.lineOf(data)]),
      );
    },
  };
}
