import type { components } from '#client';
import { type Command, misused, printResult, textOf } from '../command.ts';
import { askRunning, doneBy, runningOptions, showing } from './ask-running.ts';
import { saving, switching } from './keeping.ts';

type Policy = components['schemas']['ReminderPolicy'];

/** Shows the reminder policies in their order. */
export const policies = showing({
  name: 'policies',
  summary: 'shows the reminder policies; the first active one that fits a document is its policy',
  ask: (client) => client.GET('/reminder-policies'),
  lines: ({ items }) => items.map(lineOf),
  none: 'No policy.',
});

/** Makes or changes a policy as a file says. */
export const savePolicy = saving({
  name: 'policy save',
  summary: 'makes a reminder policy of the JSON of the API, or changes one: what is absent stays',
  id: 'POLICY',
  make: (client, body) => client.POST('/reminder-policies', { body }),
  change: (client, id, body) => client.PATCH('/reminder-policies/{id}', { params: { path: { id } }, body }),
  lineOf,
});

/** Puts a policy in force, or lets it rest. */
export const switchPolicy = switching({
  name: 'policy',
  summary: 'puts a reminder policy in force, or lets it rest',
  id: 'POLICY',
  put: (client, id, isActive) =>
    client.PATCH('/reminder-policies/{id}', { params: { path: { id } }, body: { isActive } }),
  lineOf,
});

/** Says which policy is asked first. */
export const orderPolicies = showing({
  name: 'policy order',
  usage: 'POLICY…',
  summary: 'puts all reminder policies in the order in which you name them',
  words: [1, 500],
  ask: (client, _given, policyIds) =>
    client.PUT('/reminder-policies/order', { body: { policyIds: [...policyIds] } }),
  lines: ({ items }) => items.map(lineOf),
});

/** Ends a policy. */
export const deletePolicy = showing({
  name: 'policy delete',
  usage: 'POLICY',
  summary: 'ends a reminder policy; what it has sent stays in the histories',
  words: [1, 1],
  ask: (client, _given, [id = '']) =>
    doneBy(client.DELETE('/reminder-policies/{id}', { params: { path: { id } } }), { id }),
  lines: ({ id }) => [`${id} reminds nobody any more.`],
});

/** Lets the reminders of a document or a customer rest. */
export const pauseReminders: Command = {
  name: 'pause',
  usage: 'DOCUMENT|CUSTOMER --until DAY [--reason TEXT]|--end [--api URL] [--key KEY]',
  summary: 'lets the reminders of a document, or of all of a customer’s, rest until a day; --end: no longer',
  options: {
    until: { type: 'string' },
    reason: { type: 'string' },
    end: { type: 'boolean' },
    ...runningOptions,
  },
  words: [1, 1],
  run: async ({ words: [id = ''], given, isJson }, world) => {
    const until = textOf(given, 'until');
    if ((until === undefined) === (given['end'] !== true))
      return misused(world, 'Say --until a day, or --end.');
    const reason = textOf(given, 'reason');
    const pause = {
      remindersPausedUntil: until ?? null,
      ...(reason === undefined ? {} : { remindersPauseReason: reason }),
    };
    return askRunning<{ readonly id: string; readonly remindersPausedUntil: string | null }>(
      given,
      world,
      (client) =>
        id.startsWith('cus_')
          ? client.PATCH('/customers/{id}', { params: { path: { id } }, body: pause })
          : client.PATCH('/documents/{id}', { params: { path: { id } }, body: pause }),
      (done) => {
        const day = done.remindersPausedUntil;
        printResult(world, isJson, done, [`${done.id} · ${day ? `no reminders before ${day}` : 'no pause'}`]);
      },
    );
  },
};

function lineOf({ id, name, isActive, mode, kinds, minimumAmount, steps }: Policy): string {
  const least = minimumAmount === null ? '' : `from ${minimumAmount}`;
  const days = `days ${steps.map((step) => step.days).join(' ')}`;
  return [id, name, isActive ? 'on' : 'off', mode, kinds.join(' '), least, days].filter(Boolean).join(' · ');
}
