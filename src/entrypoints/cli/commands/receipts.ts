import { type Command, printResult } from '../command.ts';
import { askRunning, runningOptions, showing } from './ask-running.ts';

/** Shows the receipts of an outside provider that match no dispatch. */
export const receipts = showing({
  name: 'receipts',
  summary: 'shows the receipts of IncaMail that match no dispatch',
  ask: (client) => client.GET('/providers/incamail/receipts'),
  lines: ({ items }) =>
    items.map(({ id, kind, signature, from, subject, receivedAt }) =>
      [id, receivedAt, kind, `signature ${signature.result}`, from, subject].join(' · '),
    ),
  none: 'No receipt waits.',
});

/** Says of which message a receipt is. */
export const tieReceipt: Command = {
  name: 'receipt tie',
  usage: 'RECEIPT MESSAGE [--api URL] [--key KEY]',
  summary: 'says of which message a receipt is that matched no dispatch',
  options: runningOptions,
  words: [2, 2],
  run: ({ words: [id = '', messageId = ''], given, isJson }, world) =>
    askRunning(
      given,
      world,
      (client) =>
        client.POST('/providers/incamail/receipts/{id}/tie', {
          params: { path: { id } },
          body: { messageId },
        }),
      (receipt) => {
        const state = receipt.counted ? 'the state follows it' : 'the state does not follow it';
        printResult(world, isJson, receipt, [`${id} is tied to ${messageId}; ${state}.`]);
      },
    ),
};

/** Says that a receipt is of none of the company's dispatches. */
export const setAsideReceipt: Command = {
  name: 'receipt set-aside',
  usage: 'RECEIPT [--api URL] [--key KEY]',
  summary: 'says that a receipt is of none of your dispatches; it stays archived',
  options: runningOptions,
  words: [1, 1],
  run: ({ words: [id = ''], given, isJson }, world) =>
    askRunning(
      given,
      world,
      async (client) => {
        const { error, response } = await client.POST('/providers/incamail/receipts/{id}/set-aside', {
          params: { path: { id } },
        });
        return error ? { error, response } : { data: { id }, response };
      },
      (done) => printResult(world, isJson, done, [`${id} waits no longer.`]),
    ),
};
