import type { components } from '#client';
import { type Command, printResult } from '../command.ts';
import { askRunning, runningOptions, showing } from './ask-running.ts';

type Block = components['schemas']['NetworkBlock'];

/** Shows from which companies nothing is received through the network. */
export const networkBlocks = showing({
  name: 'network blocks',
  summary: 'shows from which companies nothing is received through the network',
  ask: (client) => client.GET('/network/blocks'),
  lines: ({ items }) => items.map(lineOf),
  none: 'Nobody is blocked.',
});

/** Receives nothing more from the company that a received document came from. */
export const blockSender: Command = {
  name: 'network block',
  usage: 'RECEIVED [--api URL] [--key KEY]',
  summary: 'receives nothing more from the company that a received document (its id) came from',
  options: runningOptions,
  words: [1, 1],
  run: ({ words: [id = ''], given, isJson }, world) =>
    askRunning(
      given,
      world,
      (client) => client.POST('/received/{id}/block', { params: { path: { id } } }),
      (block) => printResult(world, isJson, block, [lineOf(block)]),
    ),
};

/** Receives from a blocked company again. */
export const liftBlock: Command = {
  name: 'network unblock',
  usage: 'COMPANY [--api URL] [--key KEY]',
  summary: 'receives from a blocked company (its id) again',
  options: runningOptions,
  words: [1, 1],
  run: ({ words: [id = ''], given, isJson }, world) =>
    askRunning(
      given,
      world,
      async (client) => {
        const { error, response } = await client.DELETE('/network/blocks/{id}', { params: { path: { id } } });
        return { response, ...(error ? { error } : { data: { companyId: id } }) };
      },
      (lifted) => printResult(world, isJson, lifted, [`${id} may hand documents over again.`]),
    ),
};

function lineOf({ companyId, company, blockedAt }: Block): string {
  return [companyId, company, `blocked since ${blockedAt}`].join(' · ');
}
