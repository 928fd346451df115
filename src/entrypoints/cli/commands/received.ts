import type { components } from '#client';
import { linesOf, showing } from './ask-running.ts';

/** Shows what other companies of the network have handed over. */
export const received = showing({
  name: 'received',
  summary: 'shows the documents that other companies of the network have handed over',
  ask: (client) => client.GET('/received', { params: { query: { limit: 200 } } }),
  lines: (page) => linesOf(page, lineOf),
  none: 'None.',
});

/** Accepts one. */
export const acceptReceived = showing({
  name: 'received accept',
  usage: 'RECEIVED',
  summary: 'accepts a received document; its sender is told',
  words: [1, 1],
  ask: (client, _given, [id = '']) => client.POST('/received/{id}/accept', { params: { path: { id } } }),
  lines: (one) => [lineOf(one)],
});

/** Rejects one, with a reason. */
export const rejectReceived = showing({
  name: 'received reject',
  usage: 'RECEIVED REASON',
  summary: 'rejects a received document; its sender reads the reason',
  words: [2, 2],
  ask: (client, _given, [id = '', reason = '']) =>
    client.POST('/received/{id}/reject', { params: { path: { id } }, body: { reason } }),
  lines: (one) => [lineOf(one)],
});

function lineOf(one: components['schemas']['Received']): string {
  const { id, from, kind, number, total, currency, state, reason } = one;
  const sum = [total, currency].filter(Boolean).join(' ');
  return [id, from.name, kind, number, sum, state, reason].filter(Boolean).join(' · ');
}
