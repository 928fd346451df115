import type { components } from '#client';
import { type Command, printResult } from '../command.ts';
import { askRunning, doneBy, runningOptions, showing } from './ask-running.ts';
import { saving, switching } from './keeping.ts';

/** Shows the rules by which documents are sent as they arrive. */
export const sendRules = showing({
  name: 'send-rules',
  summary: 'shows the rules by which documents are sent as they arrive',
  ask: (client) => client.GET('/send-rules'),
  lines: ({ items }) => items.map(lineOf),
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

type Rule = components['schemas']['SendRule'];

/** Makes or changes a rule as a file says. */
export const saveSendRule = saving({
  name: 'send-rule save',
  summary: 'makes a send rule of the JSON of the API, or changes one: what is absent stays',
  id: 'RULE',
  make: (client, body) => client.POST('/send-rules', { body }),
  change: (client, id, body) => client.PATCH('/send-rules/{id}', { params: { path: { id } }, body }),
  lineOf,
});

/** Puts a rule in force, or lets it rest. */
export const switchSendRule = switching({
  name: 'send-rule',
  summary: 'puts a send rule in force, or lets it rest',
  id: 'RULE',
  put: (client, id, isActive) =>
    client.PATCH('/send-rules/{id}', { params: { path: { id } }, body: { isActive } }),
  lineOf,
});

/** Ends a rule. */
export const deleteSendRule = showing({
  name: 'send-rule delete',
  usage: 'RULE',
  summary: 'ends a send rule; what it has sent stays in the histories',
  words: [1, 1],
  ask: (client, _given, [id = '']) =>
    doneBy(client.DELETE('/send-rules/{id}', { params: { path: { id } } }), { id }),
  lines: ({ id }) => [`${id} sends nothing any more.`],
});

function lineOf({ id, name, isActive, kinds, categories, setBy }: Rule): string {
  return [id, name, isActive ? 'on' : 'off', kinds.join(' '), categories.join(' '), `set by ${setBy}`]
    .filter(Boolean)
    .join(' · ');
}
