import { type Command, printResult } from '../command.ts';
import { askRunning, runningOptions } from './ask-running.ts';

/** Shows registered and confidential deliveries, with the days that are left and who acts for whom. */
export const deliveries: Command = {
  name: 'deliveries',
  usage: '[--running] [--api URL] [--key KEY]',
  summary:
    'shows registered and confidential deliveries, with the days that are left; --running: those that wait',
  options: { running: { type: 'boolean' }, ...runningOptions },
  words: [0, 0],
  run: ({ given, isJson }, world) =>
    askRunning(
      given,
      world,
      (client) =>
        client.GET('/deliveries', {
          params: { query: given['running'] === true ? { running: 'true' } : {} },
        }),
      ({ items }) => {
        const lines = items.map(({ messageId, service, address, state, daysLeft, delegates }) =>
          [
            messageId,
            service,
            address,
            state,
            daysLeft === null ? '' : `${daysLeft} days left`,
            ...delegates.map((one) => `${one.name} <${one.address}>${one.endedAt ? ' (ended)' : ''}`),
          ]
            .filter(Boolean)
            .join(' · '),
        );
        printResult(world, isJson, { items }, lines.length > 0 ? lines : ['No delivery.']);
      },
    ),
};

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
