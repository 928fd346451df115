import { showing } from './ask-running.ts';

/** Shows the texts that a company keeps. */
export const templates = showing({
  name: 'templates',
  usage: '[--built-in]',
  summary: 'shows the texts that the company keeps; --built-in: those of Envoi too',
  options: { 'built-in': { type: 'boolean' } },
  ask: (client, given) =>
    client.GET('/templates', { params: { query: { builtIn: given['built-in'] === true } } }),
  lines: ({ items }) =>
    items.map(({ kind, purpose, language, name, subject, senderProblem }) => {
      const wait = senderProblem ? `✗ waits, its sender does not work: ${senderProblem}` : null;
      return [kind, purpose, language, name, subject, wait].filter(Boolean).join(' · ');
    }),
  none: 'No text of its own.',
});
