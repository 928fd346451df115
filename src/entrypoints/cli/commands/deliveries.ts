import { type Command, printResult } from '../command.ts';
import { askRunning, runningOptions, showing } from './ask-running.ts';

/** Shows registered and confidential deliveries, ours and those of outside providers, with the days that are left and who acts for whom. */
export const deliveries = showing({
  name: 'deliveries',
  usage: '[--running]',
  summary:
    'shows registered and confidential deliveries, ours and those of outside providers, with the days that are left; --running: those not at their end',
  options: { running: { type: 'boolean' } },
  ask: (client, given) =>
    client.GET('/deliveries', {
      params: { query: given['running'] === true ? { running: 'true' } : {} },
    }),
  lines: ({ items }) =>
    items.map(({ messageId, provider, service, address, state, saidBy, daysLeft, delegates }) =>
      [
        messageId,
        service,
        address,
        provider === 'own' ? state : `${state} (${provider}: ${saidBy.replace('_', ' ')})`,
        daysLeft === null ? '' : `${daysLeft} days left`,
        ...delegates.map((one) => `${one.name} <${one.address}>${one.endedAt ? ' (ended)' : ''}`),
      ]
        .filter(Boolean)
        .join(' · '),
    ),
  none: 'No delivery.',
});

/** Takes a delivery back that was not handed over yet. */
export const withdrawDelivery: Command = {
  name: 'delivery withdraw',
  usage: 'MESSAGE [--api URL] [--key KEY]',
  summary: 'takes a registered or confidential delivery back that was not handed over yet',
  options: runningOptions,
  words: [1, 1],
  run: ({ words: [id = ''], given, isJson }, world) =>
    askRunning(
      given,
      world,
      (client) => client.POST('/deliveries/{id}/withdraw', { params: { path: { id } } }),
      (delivery) => printResult(world, isJson, delivery, [`${id} is withdrawn.`]),
    ),
};
