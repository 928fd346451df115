import { randomUUID } from 'node:crypto';
import { basename } from 'node:path';
import { type components, makeClient } from '#client';
import { type Command, type Given, misused, printResult, refused, textOf, textsOf } from '../command.ts';
import { type Posted, postDispatch } from './post-dispatch.ts';
import { readNamedFile } from './read-file.ts';
import { serviceFault, serviceOf, serviceOptions, serviceUsage } from './service-options.ts';
import { targetOf } from './target.ts';

/** Sends files through a running installation: one call for each, with a key of its own, so that none goes out twice. */
export const send: Command = {
  name: 'send',
  usage: `FILE… [--to ADDRESS…] [--cc …] [--bcc …] [--subject S] [--text T] [--language L] [--sender ID] ${serviceUsage} [--send-at TIME] [--once KEY] [--api URL] [--key KEY]`,
  summary: 'sends documents through a running installation; without --to, to the contacts of their customers',
  options: {
    to: { type: 'string', multiple: true },
    cc: { type: 'string', multiple: true },
    bcc: { type: 'string', multiple: true },
    subject: { type: 'string' },
    text: { type: 'string' },
    language: { type: 'string' },
    sender: { type: 'string' },
    ...serviceOptions,
    'send-at': { type: 'string' },
    once: { type: 'string' },
    api: { type: 'string' },
    key: { type: 'string' },
  },
  words: [1, 1000],
  run: async ({ words, given, isJson }, world) => {
    const target = await targetOf(given, world);
    if ('sentence' in target) return misused(world, target.sentence);
    const fault = serviceFault(given);
    if (fault) return misused(world, fault);
    const client = makeClient(target);
    const once = textOf(given, 'once') ?? randomUUID();
    const results: Sent[] = [];
    for (const [index, path] of words.entries()) {
      const file = await readNamedFile(path);
      const posted = file.ok
        ? await postDispatch(client, {
            fileName: basename(path),
            bytes: file.bytes,
            dispatch: orderOf(given),
            idempotencyKey: words.length === 1 ? once : `${once}-${index + 1}`,
          })
        : ({ ok: false, sentence: file.sentence } as const);
      results.push({ file: path, ...posted });
    }
    const shown = results.filter((one) => one.ok);
    printResult(world, isJson, { items: results.map(resultOf) }, shown.map(lineOf));
    for (const one of results) if (!one.ok) refused(world, `${one.file} was not sent: ${one.sentence}`);
    return shown.length === results.length ? 0 : 1;
  },
};

type Order = components['schemas']['DispatchOrder'];
type Sent = Posted & { readonly file: string };

/** What goes into the field `dispatch`; what was not typed is left to the installation. */
function orderOf(given: Given): Order {
  return {
    to: textsOf(given, 'to'),
    cc: textsOf(given, 'cc'),
    bcc: textsOf(given, 'bcc'),
    subject: textOf(given, 'subject'),
    text: textOf(given, 'text'),
    language: textOf(given, 'language') as Order['language'], // the installation refuses others
    senderId: textOf(given, 'sender'),
    ...serviceOf(given),
    sendAt: textOf(given, 'send-at'),
  };
}

function resultOf(one: Sent) {
  return one.ok
    ? { file: one.file, ok: true, dispatch: one.dispatch }
    : { file: one.file, ok: false, problem: one.problem ?? { detail: one.sentence } };
}

function lineOf({ file, dispatch }: Extract<Sent, { ok: true }>): string {
  const to = dispatch.messages.filter((message) => message.role === 'to').map((message) => message.address);
  return `${file}: ${dispatch.state}, to ${to.join(', ')} (${dispatch.id})`;
}
