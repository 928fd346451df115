import { type Command, printResult } from '../command.ts';
import { askRunning, runningOptions, showing } from './ask-running.ts';

/** Shows the rules by which documents are sent as they arrive. */
export const sendRules = showing({
  name: 'send-rules',
  summary: 'shows the rules by which documents are sent as they arrive',
  ask: (client) => client.GET('/send-rules'),
  lines: ({ items }) =>
    items.map(({ id, name, isActive, kinds, categories, setBy }) =>
      [id, name, isActive ? 'on' : 'off', kinds.join(' '), categories.join(' '), `set by ${setBy}`]
        .filter(Boolean)
        .join(' · '),
    ),
  none: 'No rule.',
});

/** Says what a rule would do with a document. Sends nothing; exit 1 where it would not send it. */
export const testSendRule: Command = {
  name: 'send-rule test',
  usage: 'RULE DOCUMENT [--api URL] [--key KEY]',
  summary: 'says to whom a rule would send a document, from where, or why not; sends nothing',
  options: runningOptions,
  words: [2, 2],
  run: async ({ words: [id = '', documentId = ''], given, isJson }, world) => {
    let would = false;
    const code = await askRunning(
      given,
      world,
      (client) => client.POST('/send-rules/{id}/test', { params: { path: { id } }, body: { documentId } }),
      (trial) => {
        would = trial.wouldSend;
        const { whyNot, takenBy, problems, to, senderAddress, subject } = trial;
        const against = [whyNot, takenBy && `taken by ${takenBy}`, ...problems.map((one) => one.reason)];
        const words = would
          ? ['would go', to.join(', '), `from ${senderAddress}`, subject]
          : ['would not go', ...against];
        printResult(world, isJson, trial, [words.filter(Boolean).join(' · ')]);
      },
    );
    return code === 0 && !would ? 1 : code;
  },
};
