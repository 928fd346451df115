import { type Command, printResult } from '../command.ts';
import { askRunning, runningOptions } from './ask-running.ts';

/** Shows the texts that a company keeps. */
export const templates: Command = {
  name: 'templates',
  usage: '[--built-in] [--api URL] [--key KEY]',
  summary: 'shows the texts that the company keeps; --built-in: those of Envoi too',
  options: { 'built-in': { type: 'boolean' }, ...runningOptions },
  words: [0, 0],
  run: ({ given, isJson }, world) =>
    askRunning(
      given,
      world,
      (client) => client.GET('/templates', { params: { query: { builtIn: given['built-in'] === true } } }),
      ({ items }) => {
        const lines = items.map(({ kind, purpose, language, name, subject, senderProblem }) => {
          const wait = senderProblem ? `✗ waits, its sender does not work: ${senderProblem}` : null;
          return [kind, purpose, language, name, subject, wait].filter(Boolean).join(' · ');
        });
        printResult(world, isJson, { items }, lines.length > 0 ? lines : ['No text of its own.']);
      },
    ),
};
