import { type Command, printResult } from '../command.ts';
import { askRunning, runningOptions } from './ask-running.ts';

/** Tells what retention has deleted, what legal holds keep and what is due. */
export const retention: Command = {
  name: 'retention',
  usage: '[--api URL] [--key KEY]',
  summary: 'tells what retention has deleted day by day, what legal holds keep, and what is due next',
  options: runningOptions,
  words: [0, 0],
  run: ({ given, isJson }, world) =>
    askRunning(
      given,
      world,
      (client) => client.GET('/retention'),
      (report) => {
        const { retentionDays, days, held, next } = report;
        printResult(world, isJson, report, [
          `Details are kept for ${retentionDays} days.`,
          `Kept by legal hold: ${held.hits} hits of ${held.dispatches} dispatches`,
          `Due next: ${next.at ?? 'nothing'}; within 30 days: ${next.hits} hits`,
          ...days.map(
            (one) =>
              `${one.day}: ${one.hits} hits of ${one.messages} messages, ${one.fields} personal fields, ${one.dnsAnswers} DNS answers, from before ${one.before}`,
          ),
        ]);
      },
    ),
};
