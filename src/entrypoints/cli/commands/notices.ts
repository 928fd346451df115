import { doneBy, linesOf, showing } from './ask-running.ts';

/** Shows what needs a person. */
export const notices = showing({
  name: 'notices',
  summary: 'shows what needs a person: what failed, what waits, what a customer said',
  ask: (client) => client.GET('/notices', { params: { query: { limit: 200 } } }),
  lines: (page) =>
    linesOf(page, ({ id, kind, openedAt, documentId, reason }) =>
      [id, kind, openedAt, documentId, reason].filter(Boolean).join(' · '),
    ),
  none: 'Nothing needs you.',
});

/** Puts one away. */
export const dismissNotice = showing({
  name: 'notice dismiss',
  usage: 'NOTICE',
  summary: 'puts a notice away',
  words: [1, 1],
  ask: (client, _given, [id = '']) =>
    doneBy(client.POST('/notices/{id}/dismiss', { params: { path: { id } } }), { id }),
  lines: ({ id }) => [`${id} is put away.`],
});
