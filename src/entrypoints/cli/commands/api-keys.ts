import { type Command, printResult } from '../command.ts';
import { askRunning, runningOptions, showing } from './ask-running.ts';

/** Shows the keys of a company. */
export const apiKeys = showing({
  name: 'api-keys',
  summary:
    'shows the API keys that were not revoked: what they may do, when they were last used and when they end',
  ask: (client) => client.GET('/api-keys'),
  lines: ({ items }) =>
    items.map(({ id, name, rights, isTest, hint, lastUsedAt, expiresAt }) =>
      [
        id,
        name,
        `…${hint}`,
        rights,
        isTest ? 'for tests' : '',
        lastUsedAt ? `used ${lastUsedAt}` : 'never used',
        expiresAt ? `until ${expiresAt}` : '',
      ]
        .filter(Boolean)
        .join(' · '),
    ),
});

/** Ends a key. */
export const revokeKey: Command = {
  name: 'api-key revoke',
  usage: 'ID [--api URL] [--key KEY]',
  summary: 'ends an API key, by its id (see: envoi api-keys)',
  options: runningOptions,
  words: [1, 1],
  run: ({ words: [id = ''], given, isJson }, world) =>
    askRunning(
      given,
      world,
      async (client) => {
        const { error, response } = await client.DELETE('/api-keys/{id}', { params: { path: { id } } });
        return response.ok ? { data: { id }, response } : { error, response };
      },
      () => printResult(world, isJson, { id }, [`${id} lets nobody in any more.`]),
    ),
};
