import { readFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import type { Client, components } from '#client';
import { type Command, misused, printResult, refused, textOf } from '../command.ts';
import { askRunning, runningOptions } from './ask-running.ts';

type SelfTest = components['schemas']['SelfTest'];

const ways = ['return_host', 'mailbox', 'pasted'] as const;
const looks = 60;
const betweenLooksMs = 1000;

/** Finds out what of a sender's mails survives the way. Exit 1 where the test does not arrive, or is not back within a minute. */
export const selfTest: Command = {
  name: 'self-test',
  usage:
    'SENDER [--way return_host|mailbox|pasted] [--to ADDRESS] [--source FILE.eml] [--api URL] [--key KEY]',
  summary:
    'sends a test mail from a sender (by its id) and says what of it arrived, and what of bounces and answers will be seen; --source reads the test mail that was sent before, as it arrived',
  options: {
    way: { type: 'string' },
    to: { type: 'string' },
    source: { type: 'string' },
    ...runningOptions,
  },
  words: [1, 1],
  run: async ({ words: [id = ''], given, isJson }, world) => {
    const typed = textOf(given, 'way');
    const way = ways.find((one) => one === typed);
    if (typed !== undefined && !way) return misused(world, `A way is one of: ${ways.join(', ')}.`);
    const file = textOf(given, 'source');
    const source = file === undefined ? null : await readFile(file, 'utf8').catch(() => undefined);
    if (source === undefined) return refused(world, `${file} cannot be read.`);
    const params = { params: { path: { id } } };
    const to = textOf(given, 'to');
    let arrived = false;
    const code = await askRunning(
      given,
      world,
      async (client) => {
        if (source !== null)
          return client.POST('/senders/{id}/self-test/source', { ...params, body: { source } });
        const begun = await client.POST('/senders/{id}/self-test', {
          ...params,
          body: { ...(way ? { way } : {}), ...(to ? { to } : {}) },
        });
        return begun.data?.state === 'waiting' && begun.data.way !== 'pasted'
          ? untilBack(client, id, begun)
          : begun;
      },
      (test) => {
        arrived = test.state === 'arrived' || (test.state === 'waiting' && test.way === 'pasted');
        printResult(world, isJson, test, linesOf(test));
      },
    );
    return code === 0 && !arrived ? 1 : code;
  },
};

async function untilBack<Answer extends { readonly data?: SelfTest }>(
  client: Client,
  id: string,
  begun: Answer,
) {
  let answer: Answer | Awaited<ReturnType<typeof look>> = begun;
  const look = () => client.GET('/senders/{id}/self-test', { params: { path: { id } } });
  for (let at = 0; at < looks && answer.data?.state === 'waiting'; at += 1) {
    await pause(betweenLooksMs);
    answer = await look();
  }
  return answer;
}

const stateWords = {
  arrived: 'The test arrived.',
  not_sent: 'The test was not taken.',
  came_back: 'The test came back.',
  waiting: 'The test is on its way.',
} as const;

function linesOf({ state, way, to, answer, findings, bounces, answers }: SelfTest): string[] {
  const said = [stateWords[state], answer].filter(Boolean).join(' ');
  if (!findings)
    return state === 'waiting' && way === 'pasted'
      ? [said, `Save it as it arrives at ${to}, and give it back: envoi self-test SENDER --source FILE.eml`]
      : [said];
  const facts = (['envelopeFrom', 'header', 'messageId', 'from'] as const).map((name) => {
    const { verdict, found } = findings[name];
    return `${name}: ${verdict}${verdict === 'kept' || found === null ? '' : ` (${found})`}`;
  });
  const { result, domain } = findings.signature;
  return [
    said,
    ...facts,
    `signature: ${[result, domain].filter(Boolean).join(' ')}`,
    `bounces are matched by: ${bounces}`,
    `answers are matched by: ${answers}`,
  ];
}
