import { type Command, counted, misused, printResult, textOf } from '../command.ts';
import { askRunning, runningOptions } from './ask-running.ts';

/** Erases what a dispatch has sent, for good. */
export const eraseContent: Command = {
  name: 'erase-content',
  usage: 'DISPATCH --reason TEXT [--api URL] [--key KEY]',
  summary: 'erases what a dispatch has sent, for good; its documents, events and proofs stay',
  options: { reason: { type: 'string' }, ...runningOptions },
  words: [1, 1],
  run: async ({ words: [id = ''], given, isJson }, world) => {
    const reason = textOf(given, 'reason');
    if (!reason) return misused(world, 'Say why with --reason.');
    return askRunning(
      given,
      world,
      (client) =>
        client.POST('/dispatches/{id}/erase-content', { params: { path: { id } }, body: { reason } }),
      (erased) =>
        printResult(world, isJson, erased, [
          `Erased: ${counted(erased.mails, 'mail')}, ${counted(erased.files, 'file')}. All proofs still hold.`,
        ]),
    );
  },
};
