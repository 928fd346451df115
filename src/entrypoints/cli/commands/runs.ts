import { basename } from 'node:path';
import type { Client, components } from '#client';
import { type Command, counted, misused, printResult, refused, textOf } from '../command.ts';
import { askRunning, runningOptions, showing } from './ask-running.ts';
import { type FileRead, readJsonFile, readNamedFile } from './read-file.ts';
import { filterOptions, filterUsage, runDocuments } from './run-documents.ts';
import { serviceFault, serviceOf, serviceOptions, serviceUsage } from './service-options.ts';
import { toForm } from './to-form.ts';

type Run = components['schemas']['Run'];

/** Shows the newest runs. */
export const runs = showing({
  name: 'runs',
  summary: 'shows the newest runs and how far they are',
  ask: (client) => client.GET('/runs'),
  lines: ({ items }) => items.map(lineOf),
  none: 'No run yet.',
});

const joinPdfsWays = ['plain', 'all'] as const;

/** Makes a run of documents and says what it would send; nothing leaves before it is started. */
export const newRun: Command = {
  name: 'run new',
  usage: `DOCUMENT…|${filterUsage} [--remind] [--per-customer] [--by email|network|both] [--one-pdf plain|all] [--letter] [--own-letter FILE] [--options FILE.json] ${serviceUsage} [--api URL] [--key KEY]`,
  summary:
    'makes the dry run of sending documents (by their ids, or all that fit); nothing leaves before it is started',
  options: {
    remind: { type: 'boolean' },
    'per-customer': { type: 'boolean' },
    by: { type: 'string' },
    'one-pdf': { type: 'string' },
    letter: { type: 'boolean' },
    'own-letter': { type: 'string' },
    options: { type: 'string' },
    ...filterOptions,
    ...serviceOptions,
    ...runningOptions,
  },
  words: [0, 1000],
  run: async ({ words, given, isJson }, world) => {
    const documents = runDocuments(words, given);
    if (!documents.ok) return misused(world, documents.sentence);
    const ways = waysOf(given['by'] ?? 'both');
    if (!ways) return misused(world, 'A run goes by: email, network or both.');
    const joinPdfs = joinPdfsWays.find((way) => way === given['one-pdf']);
    if (given['one-pdf'] !== undefined && !joinPdfs)
      return misused(world, `One PDF is made of: ${joinPdfsWays.join(', ')}.`);
    const fault = serviceFault(given);
    if (fault) return misused(world, fault);
    const path = textOf(given, 'own-letter');
    const letter = path === undefined ? null : await readNamedFile(path);
    if (letter?.ok === false) return refused(world, letter.sentence);
    const more = await moreOptions(textOf(given, 'options'));
    if (!more.ok) return refused(world, more.sentence);
    return askRunning(
      given,
      world,
      async (client) => {
        const kept = letter && path !== undefined ? await keep(client, path, letter) : null;
        if (kept && !kept.data) return { error: kept.error, response: kept.response };
        return client.POST('/runs', {
          body: {
            ...documents.chosen,
            purpose: given['remind'] === true ? 'reminder' : 'first',
            grouping: given['per-customer'] === true ? 'customer' : 'document',
            channels: ways,
            ...(joinPdfs ? { joinPdfs } : {}),
            ...(given['letter'] === true ? { letter: true } : {}),
            ...(kept?.data ? { fileIds: [kept.data.id] } : {}),
            ...serviceOf(given),
            ...more.body,
            start: false,
          },
        });
      },
      (run) =>
        printResult(world, isJson, run, [lineOf(run), `See what it would send: envoi run show ${run.id}`]),
    );
  },
};

/** Options of the API from a file: texts for this run only, another template, a pace. */
function moreOptions(path: string | undefined) {
  return path === undefined
    ? { ok: true as const, body: {} }
    : readJsonFile<Pick<components['schemas']['NewRun'], 'texts' | 'perMinute' | 'officeHours' | 'sendAt'>>(
        path,
      );
}

/** Keeps a letter of one's own, which goes along with every mail of the run. */
function keep(client: Client, path: string, { bytes }: Extract<FileRead, { ok: true }>) {
  const file = new File([new Uint8Array(bytes)], basename(path));
  return client.POST('/files', { body: { file }, bodySerializer: toForm });
}

function waysOf(by: unknown): ('email' | 'network')[] | null {
  if (by === 'email' || by === 'network') return [by];
  return by === 'both' ? ['email', 'network'] : null;
}

/** Shows the lines of a run: who gets what from whom, what is missing, or what became of it. */
export const showRun: Command = {
  name: 'run show',
  usage: 'RUN [--api URL] [--key KEY]',
  summary: 'shows the lines of a run: who gets what from whom with which text, and what is missing',
  options: runningOptions,
  words: [1, 1],
  run: ({ words: [id = ''], given, isJson }, world) =>
    askRunning(
      given,
      world,
      (client) => client.GET('/runs/{id}/lines', { params: { path: { id }, query: { limit: 200 } } }),
      ({ items, nextCursor }) => {
        const lines = items.map((line) => {
          const { customerName, state, to, senderAddress, channels, textFrom, subject } = line;
          const why = [
            ...line.problems.map(({ reason, value }) => [reason, value].filter(Boolean).join(' ')),
            ...line.warnings.map(({ kind, value }) => ['warning', kind, value].filter(Boolean).join(' ')),
            ...line.leftOut.map(({ documentId, reason }) => `without ${documentId}: ${reason}`),
            ...line.apart.map(({ documentId, reason }) => `apart ${documentId}: ${reason}`),
          ];
          const words = [
            customerName,
            state,
            to.join(', '),
            senderAddress,
            channels.join(' and '),
            textFrom,
            subject,
            ...why,
          ];
          return words.filter(Boolean).join(' · ');
        });
        const more = nextCursor === null ? [] : ['There are more lines.'];
        printResult(world, isJson, { items, nextCursor }, [...lines, ...more]);
      },
    ),
};

const deeds = ['start', 'undo', 'pause', 'resume', 'cancel'] as const;

/** Starts, pauses, resumes or cancels a run, or takes a start back. */
export const decideRun: Command = {
  name: 'run',
  usage: 'start|undo|pause|resume|cancel RUN [--api URL] [--key KEY]',
  summary:
    'starts a run, takes that back while nothing has left, pauses, resumes or cancels it; what was sent stays sent',
  options: runningOptions,
  words: [2, 2],
  run: async ({ words: [asked = '', id = ''], given, isJson }, world) => {
    const deed = deeds.find((one) => one === asked);
    if (!deed) return misused(world, `A run can be told to: ${deeds.join(', ')}.`);
    return askRunning(
      given,
      world,
      (client) => client.POST(`/runs/{id}/${deed}`, { params: { path: { id } } }),
      (run) => printResult(world, isJson, run, [lineOf(run)]),
    );
  },
};

/** A run as one line. */
export function lineOf({ id, purpose, state, documents, counts }: Run): string {
  const done = Object.entries(counts).flatMap(([name, count]) => (count > 0 ? [`${count} ${name}`] : []));
  return [id, purpose, state, counted(documents, 'document'), ...done].join(' · ');
}
