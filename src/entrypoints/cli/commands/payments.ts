import { basename } from 'node:path';
import type { components } from '#client';
import { type Command, counted, misused, printResult, refused, textOf } from '../command.ts';
import { askRunning, linesOf, runningOptions, showing } from './ask-running.ts';
import { readNamedFile } from './read-file.ts';
import { toForm } from './to-form.ts';

type Entry = components['schemas']['BankEntry'];

/** Shows money that came in at the bank, with the documents that it may pay. */
export const payments = showing({
  name: 'payments',
  usage: '[--state open|confirmed|ignored]',
  summary: 'shows the money that came in at the bank, with the documents that it may pay',
  options: { state: { type: 'string' } },
  ask: (client, given) =>
    client.GET('/bank-entries', {
      // The installation says what is no state.
      params: { query: { state: textOf(given, 'state') as Entry['state'] | undefined, limit: 200 } },
    }),
  lines: (page) => linesOf(page, lineOf),
  none: 'None.',
});

/** Brings in a file of the bank. */
export const importPayments: Command = {
  name: 'payments import',
  usage: 'FILE [--api URL] [--key KEY]',
  summary: 'brings in a file of the bank (CAMT or CSV); nothing is paid by it until you confirm',
  options: runningOptions,
  words: [1, 1],
  run: async ({ words: [path = ''], given, isJson }, world) => {
    const read = await readNamedFile(path);
    if (!read.ok) return refused(world, read.sentence);
    const file = new File([new Uint8Array(read.bytes)], basename(path));
    return askRunning(
      given,
      world,
      (client) => client.POST('/bank-imports', { body: { file }, bodySerializer: toForm }),
      (done) =>
        printResult(world, isJson, done, [
          `${done.id} · ${counted(done.entries, 'amount')}, ${done.newEntries} new, ${done.unreadable} unreadable`,
          'See what they may pay: envoi payments',
        ]),
    );
  },
};

/** Takes an entry as the payment of documents. */
export const confirmPayment = showing({
  name: 'payments confirm',
  usage: 'ENTRY DOCUMENT…',
  summary: 'takes money that came in as the payment of documents, in the order in which you name them',
  words: [2, 101],
  ask: (client, _given, [id = '', ...documentIds]) =>
    client.POST('/bank-entries/{id}/confirm', { params: { path: { id } }, body: { documentIds } }),
  lines: (entry) => [lineOf(entry)],
});

/** Puts an entry aside. */
export const ignorePayment = showing({
  name: 'payments ignore',
  usage: 'ENTRY',
  summary: 'puts money aside: it pays no document; a reminder that waited for it goes',
  words: [1, 1],
  ask: (client, _given, [id = '']) => client.POST('/bank-entries/{id}/ignore', { params: { path: { id } } }),
  lines: (entry) => [lineOf(entry)],
});

/** Notes a document as paid, in part or not at all. */
export const notePaid: Command = {
  name: 'paid',
  usage: 'DOCUMENT [--on DAY] [--amount AMOUNT] [--not] [--api URL] [--key KEY]',
  summary: 'notes a document as paid, today and in full unless you say otherwise; --not takes that back',
  options: {
    on: { type: 'string' },
    amount: { type: 'string' },
    not: { type: 'boolean' },
    ...runningOptions,
  },
  words: [1, 1],
  run: async ({ words: [id = ''], given, isJson }, world) => {
    const amount = textOf(given, 'amount');
    if (given['not'] === true && (amount !== undefined || given['on'] !== undefined))
      return misused(world, 'Say when and how much it was paid, or --not; not both.');
    const on = textOf(given, 'on') ?? world.clock().toISOString().slice(0, 10);
    return askRunning(
      given,
      world,
      (client) =>
        client.PATCH('/documents/{id}', {
          params: { path: { id } },
          body: { paid: given['not'] === true ? null : { on, ...(amount === undefined ? {} : { amount }) } },
        }),
      (document) =>
        printResult(world, isJson, document, [
          [document.id, document.number, document.paid ? `paid on ${document.paid.on}` : 'not paid']
            .filter(Boolean)
            .join(' · '),
        ]),
    );
  },
};

function lineOf({
  id,
  bookedOn,
  amount,
  currency,
  name,
  text,
  state,
  documentIds,
  proposals,
}: Entry): string {
  const [best] = proposals;
  const proposed = best ? `${best.certainty}: ${best.documentIds.join(' ')}` : '';
  const sum = [amount, currency].filter(Boolean).join(' ');
  return [id, bookedOn, sum, name, text, state, documentIds.join(' '), proposed].filter(Boolean).join(' · ');
}
