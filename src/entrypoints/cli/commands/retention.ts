import { showing } from './ask-running.ts';

/** Tells what retention has deleted, what legal holds keep and what is due. */
export const retention = showing({
  name: 'retention',
  summary: 'tells what retention has deleted day by day, what legal holds keep, and what is due next',
  ask: (client) => client.GET('/retention'),
  lines: ({ retentionDays, days, held, next }) => [
    `Details are kept for ${retentionDays} days.`,
    `Kept by legal hold: ${held.hits} hits of ${held.dispatches} dispatches`,
    `Due next: ${next.at ?? 'nothing'}; within 30 days: ${next.hits} hits`,
    ...days.map(
      (one) =>
        `${one.day}: ${one.hits} hits of ${one.messages} messages, ${one.fields} personal fields, ${one.dnsAnswers} DNS answers, from before ${one.before}`,
    ),
  ],
});
