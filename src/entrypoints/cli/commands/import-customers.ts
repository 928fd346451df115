import { basename } from 'node:path';
import { makeClient, problemSentence } from '#client';
import { type Command, misused, printResult, refused } from '../command.ts';
import { readNamedFile } from './read-file.ts';
import { targetOf } from './target.ts';

/** Brings customers from a table into a running installation. */
export const importCustomers: Command = {
  name: 'import-customers',
  usage: 'FILE.csv|FILE.xlsx [--dry-run] [--api URL] [--key KEY]',
  summary: 'brings in customers from a table (CSV, XLSX); --dry-run only says what would happen',
  options: { 'dry-run': { type: 'boolean' }, api: { type: 'string' }, key: { type: 'string' } },
  words: [1, 1],
  run: async ({ words: [path = ''], given, isJson }, world) => {
    const target = await targetOf(given, world);
    if ('sentence' in target) return misused(world, target.sentence);
    const read = await readNamedFile(path);
    if (!read.ok) return refused(world, read.sentence);
    const file = new File([new Uint8Array(read.bytes)], basename(path));
    const { data, error, response } = await makeClient(target).POST('/customers/import', {
      body: { file, dryRun: given['dry-run'] === true ? 'true' : 'false' },
      bodySerializer: (body) => {
        const form = new FormData();
        for (const [name, value] of Object.entries(body)) form.set(name, value);
        return form;
      },
    });
    if (!data) return refused(world, problemSentence(error, response.status));
    const lines = data.items.map(({ row, name, category, outcome, problems }) =>
      [
        `${row}: ${name}${category ? ` (${category})` : ''}: ${outcome}`,
        ...problems.map((one) => `  ${one.path}: ${one.message}`),
      ].join('\n'),
    );
    printResult(world, isJson, { items: data.items }, lines);
    return data.items.some(({ outcome }) => outcome === 'wrong') ? 1 : 0;
  },
};
