import type { components } from '#client';
import { type Command, misused, printResult, refused } from '../command.ts';
import { askRunning, runningOptions, showing } from './ask-running.ts';
import { readJsonFile } from './read-file.ts';
import { lineOf } from './runs.ts';

/** Changes how a run sends that has not started. */
export const changeRun: Command = {
  name: 'run change',
  usage: 'RUN FILE.json [--api URL] [--key KEY]',
  summary:
    'changes how a run sends, by the JSON of the API: texts for this run only, grouping, pace; null takes a choice away',
  options: runningOptions,
  words: [2, 2],
  run: async ({ words: [id = '', path = ''], given, isJson }, world) => {
    const read = await readJsonFile<components['schemas']['RunEdit']>(path);
    if (!read.ok) return refused(world, read.sentence);
    const { body } = read;
    return askRunning(
      given,
      world,
      (client) => client.PATCH('/runs/{id}', { params: { path: { id } }, body }),
      (run) =>
        printResult(world, isJson, run, [lineOf(run), `See what it would send: envoi run show ${run.id}`]),
    );
  },
};

/** Leaves a line of a run out, or lets it go all the same. */
export const decideLine: Command = {
  name: 'run line',
  usage: 'leave-out|send-again LINE [--api URL] [--key KEY]',
  summary: 'leaves a line of a run out, or lets one go that was left out (see: envoi run show RUN --json)',
  options: runningOptions,
  words: [2, 2],
  run: async ({ words: [deed, id = ''], given, isJson }, world) => {
    if (deed !== 'leave-out' && deed !== 'send-again')
      return misused(world, 'A line can be told to: leave-out, send-again.');
    return askRunning(
      given,
      world,
      (client) => client.POST(`/run-lines/{id}/${deed}`, { params: { path: { id } } }),
      (line) => printResult(world, isJson, line, [[line.id, line.customerName, line.state].join(' · ')]),
    );
  },
};

/** Has the lines looked at again of which something was missing. */
export const checkRun = showing({
  name: 'run check',
  usage: 'RUN',
  summary: 'has the lines of a run looked at again of which something was missing',
  words: [1, 1],
  ask: (client, _given, [id = '']) => client.POST('/runs/{id}/check', { params: { path: { id } } }),
  lines: (run) => [lineOf(run)],
});
