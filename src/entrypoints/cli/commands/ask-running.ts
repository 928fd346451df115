import { type Client, type components, makeClient, problemSentence, Unreachable } from '#client';
import { type Given, misused, refused } from '../command.ts';
import type { World } from '../world.ts';
import { targetOf } from './target.ts';

/** The options of every command that asks a running installation. */
export const runningOptions = { api: { type: 'string' }, key: { type: 'string' } } as const;

type Answered<Data> = {
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
