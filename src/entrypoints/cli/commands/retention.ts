import { counted } from '../command.ts';
import { showing } from './ask-running.ts';

/** Tells what retention has deleted, what legal holds keep and what is due. */
export const retention = showing({
  name: 'retention',
  summary: 'tells what retention has deleted day by day, what legal holds keep, and what is due next',
  ask: (client) => client.GET('/retention'),
  lines: ({ retentionDays, days, held, next }) => [
    `Details are kept for ${counted(retentionDays, 'day')}.`,
    `Kept by legal hold: ${counted(held.hits, 'hit')} of ${counted(held.dispatches, 'dispatch', 'dispatches')}`,
    `Due next: ${next.at ?? 'nothing'}; within 30 days: ${counted(next.hits, 'hit')}`,
    ...days.map(
      (one) =>
        `${one.day}: ${counted(one.hits, 'hit')} of ${counted(one.messages, 'message')}, ${counted(one.fields, 'personal field')}, ${counted(one.dnsAnswers, 'DNS answer')}, from before ${one.before}`,
    ),
  ],
});
