import type { components } from '#client';
import { type Command, misused, printResult, refused, textOf } from '../command.ts';
import { askRunning, doneBy, runningOptions, showing } from './ask-running.ts';
import { readNamedFile } from './read-file.ts';

/** Shows the texts that a company keeps. */
export const templates = showing({
  name: 'templates',
  usage: '[--built-in]',
  summary: 'shows the texts that the company keeps; --built-in: those of Envoi too',
  options: { 'built-in': { type: 'boolean' } },
  ask: (client, given) =>
    client.GET('/templates', { params: { query: { builtIn: given['built-in'] === true } } }),
  lines: ({ items }) =>
    items.map(({ id, kind, purpose, language, name, subject, senderProblem }) => {
      const wait = senderProblem ? `✗ waits, its sender does not work: ${senderProblem}` : null;
      return [id, kind, purpose, language, name, subject, wait].filter(Boolean).join(' · ');
    }),
  none: 'No text of its own.',
});

type Put = components['schemas']['TemplatePut'];

/** Keeps a text: its words from a file, HTML or plain. */
export const saveTemplate: Command = {
  name: 'template save',
  usage:
    'KIND PURPOSE LANGUAGE [FILE.html|FILE.txt] [--subject TEXT] [--name NAME] [--sender ID] [--default] [--api URL] [--key KEY]',
  summary: 'keeps a text for a kind, purpose and language; without --name the default one of them',
  options: {
    subject: { type: 'string' },
    name: { type: 'string' },
    sender: { type: 'string' },
    default: { type: 'boolean' },
    ...runningOptions,
  },
  words: [3, 4],
  run: async ({ words: [kind = '', purpose = '', language = '', path], given, isJson }, world) => {
    const subject = textOf(given, 'subject');
    if (path === undefined && subject === undefined)
      return misused(world, 'Name a file, or a --subject, or both.');
    const read = path === undefined ? null : await readNamedFile(path);
    if (read?.ok === false) return refused(world, read.sentence);
    const words = read?.bytes.toString('utf8');
    const senderId = textOf(given, 'sender');
    const name = textOf(given, 'name');
    const body = {
      ...{ kind, purpose, language },
      ...(name === undefined ? {} : { name }),
      ...(subject === undefined ? {} : { subject }),
      ...(words === undefined ? {} : path?.endsWith('.txt') ? { text: words } : { html: words }),
      ...(senderId === undefined ? {} : { senderId }),
      ...(given['default'] === true ? { isDefault: true } : {}),
    } as Put; // the installation says what of it is wrong
    return askRunning(
      given,
      world,
      (client) => client.PUT('/templates', { body }),
      (kept) =>
        printResult(world, isJson, kept, [
          [kept.id, kept.kind, kept.purpose, kept.language, kept.name, kept.subject]
            .filter(Boolean)
            .join(' · '),
        ]),
    );
  },
};

/** Ends a text of the company's own. */
export const deleteTemplate = showing({
  name: 'template delete',
  usage: 'TEMPLATE',
  summary: 'deletes a text of the company; what was sent with it stays as it was',
  words: [1, 1],
  ask: (client, _given, [id = '']) =>
    doneBy(client.DELETE('/templates/{id}', { params: { path: { id } } }), { id }),
  lines: ({ id }) => [`${id} is deleted.`],
});
