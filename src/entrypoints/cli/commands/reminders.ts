import type { components } from '#client';
import { type Command, counted, misused, printResult, textOf } from '../command.ts';
import { askRunning, runningOptions } from './ask-running.ts';
import { selectionOf, selectionOptions } from './run-documents.ts';

const states = ['due', 'later', 'stopped'] as const;

/** Shows what would be reminded of today, later, or not and why. Sends nothing. */
export const reminders: Command = {
  name: 'reminders',
  usage:
    '[--state due|later|stopped] [--overdue-days N] [--amount AMOUNT] [--customer NAME] [--category WORD] [--api URL] [--key KEY]',
  summary: 'shows which reminders are due today (or later, or stopped, and why); sends nothing',
  options: {
    state: { type: 'string' },
    customer: { type: 'string' },
    ...selectionOptions,
    ...runningOptions,
  },
  words: [0, 0],
  run: async ({ given, isJson }, world) => {
    const asked = textOf(given, 'state') ?? 'due';
    const state = states.find((one) => one === asked);
    if (!state) return misused(world, `--state must be one of: ${states.join(', ')}.`);
    return askRunning(
      given,
      world,
      (client) => client.GET('/reminders', { params: { query: { state, ...selectionOf(given) } } }),
      ({ items }) => {
        const lines = items.map(lineOf);
        printResult(world, isJson, { items }, lines.length > 0 ? lines : ['None.']);
      },
    );
  },
};

type Planned = components['schemas']['PlannedReminder'];

/** Number, customer and sum say to a person what the id does not. */
function lineOf({ documentId, number, buyer, openAmount, currency, on, days, whyNot }: Planned): string {
  const sum = openAmount === null ? null : [openAmount, currency].filter(Boolean).join(' ');
  const step = days === null ? null : counted(days, 'day');
  return [documentId, number, buyer, sum, on, step, whyNot].filter(Boolean).join(' · ');
}
