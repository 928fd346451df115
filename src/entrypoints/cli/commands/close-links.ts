import { type Command, counted, misused, printResult } from '../command.ts';
import { askRunning, runningOptions } from './ask-running.ts';

/** Closes the links that customers have, of one document or of all. */
export const closeLinks: Command = {
  name: 'close-links',
  usage: 'DOCUMENT|--all [--api URL] [--key KEY]',
  summary: 'closes all links that customers have to a document, or to everything, for good',
  options: { all: { type: 'boolean' }, ...runningOptions },
  words: [0, 1],
  run: async ({ words: [id], given, isJson }, world) => {
    if ((id === undefined) === (given['all'] !== true))
      return misused(world, 'Name a document by its id, or say --all; not both.');
    return askRunning(
      given,
      world,
      (client) =>
        id === undefined
          ? client.POST('/company/close-links')
          : client.POST('/documents/{id}/close-links', { params: { path: { id } } }),
      (done) => printResult(world, isJson, done, [`${counted(done.closed, 'link')} closed.`]),
    );
  },
};
