import type { components } from '#client';
import { type Command, misused, printResult, textOf } from '../command.ts';
import { askRunning, runningOptions, showing } from './ask-running.ts';
import { readNamedFile } from './read-file.ts';

type SingleSignOn = components['schemas']['SingleSignOn'];

const newcomers = ['member', 'accountant', 'none'] as const;

/** Shows by which identity service people of the company come in. */
export const singleSignOn = showing({
  name: 'single-sign-on',
  summary: 'shows by which identity service people of the company come in',
  ask: (client) => client.GET('/single-sign-on'),
  lines: linesOf,
});

/** Sets it up, or changes it. The secret comes from a file or standard input, never from the command line. */
export const setUpSingleSignOn: Command = {
  name: 'single-sign-on set',
  usage:
    'ISSUER CLIENT_ID [--secret FILE|-] [--newcomers member|accountant|none] [--required] [--api URL] [--key KEY]',
  summary:
    'sets single sign-on (OpenID Connect) up; the client secret is read from a file, or - for standard input',
  options: {
    secret: { type: 'string' },
    newcomers: { type: 'string', default: 'none' },
    required: { type: 'boolean' },
    ...runningOptions,
  },
  words: [2, 2],
  run: async ({ words: [issuer = '', clientId = ''], given, isJson }, world) => {
    const role = newcomers.find((one) => one === given['newcomers']);
    if (!role) return misused(world, 'Newcomers are one of: member, accountant, none.');
    const path = textOf(given, 'secret');
    const read = path === undefined || path === '-' ? null : await readNamedFile(path);
    if (read && !read.ok) return misused(world, read.sentence);
    const secret = path === '-' ? await world.readInput() : read?.bytes.toString();
    const newcomerRole = role === 'none' ? null : role;
    const isRequired = given['required'] === true;
    const clientSecret = secret?.trim();
    return askRunning(
      given,
      world,
      (client) =>
        client.PUT('/single-sign-on', { body: { issuer, clientId, clientSecret, newcomerRole, isRequired } }),
      (found) => printResult(world, isJson, found, linesOf(found)),
    );
  },
};

/** Takes it away. */
export const removeSingleSignOn: Command = {
  name: 'single-sign-on remove',
  usage: '[--api URL] [--key KEY]',
  summary: 'removes single sign-on: whoever came in by it is signed out, and everybody signs in by password',
  options: runningOptions,
  words: [0, 0],
  run: ({ given, isJson }, world) =>
    askRunning(
      given,
      world,
      async (client) => {
        const { error, response } = await client.DELETE('/single-sign-on');
        return response.ok ? { data: {}, response } : { error, response };
      },
      () => printResult(world, isJson, { removed: true }, ['Everybody signs in by password now.']),
    ),
};

function linesOf(found: SingleSignOn): string[] {
  const { issuer, clientId, newcomerRole, isRequired, returnAddress, link, lastUsedAt } = found;
  return [
    `${issuer} · client ${clientId}`,
    `Redirect URI to register there: ${returnAddress}`,
    `Link for your people: ${link}`,
    newcomerRole
      ? `Whoever has an address at a proved domain joins as ${newcomerRole}.`
      : 'Only who belongs to the company or was invited comes in.',
    isRequired
      ? 'Members and accountants come in this way only; owners by password as well.'
      : 'Passwords and passkeys open the company too.',
    lastUsedAt ? `Last came in: ${lastUsedAt}` : 'Nobody came in by it yet.',
  ];
}
