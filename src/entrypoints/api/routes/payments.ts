import { z } from '@hono/zod-openapi';
import {
  type Confirmed,
  type ConfirmRefusal,
  confirmEntry,
  entryStates,
  ignoreEntry,
  importBankFile,
  listEntries,
  listImports,
  listOpenMoney,
} from '#domain/payments';
import { type Answer, json, refuse, refuseFields } from '../answer.ts';
import { byKey } from '../author.ts';
import { inOwnCompany } from '../call.ts';
import { once, onceAround } from '../once.ts';
import { defineRoute, type Route } from '../route.ts';
import { file, listOf, page, toPage } from '../shapes/common.ts';
import {
  type BankEntryJson,
  bankEntryShape,
  bankImportShape,
  showEntry,
  showImport,
} from '../shapes/payment.ts';

const tag = 'Payments';

const upload = defineRoute({
  method: 'post',
  path: '/bank-imports',
  operationId: 'importBankFile',
  tag,
  summary: 'Bring in a file of the bank',
  description:
    'camt.053 (also .052 and .054), or the movements of an account as CSV. Files may overlap: an amount that is known counts once. Nothing is paid by it until the entry is confirmed.',
  right: 'send',
  body: { form: z.strictObject({ file }) },
  success: { kind: 'json', statuses: [201], schema: bankImportShape },
  handle: (call) =>
    onceAround(call, async () => {
      const { fileName, bytes } = call.body.file;
      const by = { ...byKey(call), name: call.caller.name };
      const done = await importBankFile(
        call.needs.database,
        { companyId: call.companyId, fileName, bytes, by },
        call.now,
      );
      if (done.ok) return json(showImport(done.import), 201);
      const message = `The file cannot be read: ${done.reason.replaceAll('_', ' ')}.`;
      return refuseFields([{ path: 'file', message }]);
    }),
});

const imports = defineRoute({
  method: 'get',
  path: '/bank-imports',
  operationId: 'listBankImports',
  tag,
  summary: 'List the files of the bank, newest first',
  right: 'read',
  query: page,
  success: { kind: 'json', statuses: [200], schema: listOf(bankImportShape) },
  handle: (call) =>
    inOwnCompany(call, async (tx) => {
      const { limit, cursor } = call.query;
      const found = await listImports(tx, call.companyId, { before: cursor ?? null, limit: limit + 1 });
      return json(toPage(found, limit, (one) => one, found.slice(0, limit).map(showImport)));
    }),
});

const entries = defineRoute({
  method: 'get',
  path: '/bank-entries',
  operationId: 'listBankEntries',
  tag,
  summary: 'List what came in, newest first',
  description: 'Open entries come with the documents that they may pay.',
  right: 'read',
  query: page.extend({ state: z.enum(entryStates).default('open') }),
  success: { kind: 'json', statuses: [200], schema: listOf(bankEntryShape) },
  handle: (call) =>
    inOwnCompany(call, async (tx) => {
      const { limit, cursor, state } = call.query;
      const which = { before: cursor ?? null, limit: limit + 1 };
      if (state === 'open') {
        const found = await listOpenMoney(tx, call.companyId, which);
        const items = found.slice(0, limit).map(({ entry, matches }) => showEntry(entry, matches));
        return json(toPage(found, limit, ({ entry }) => entry, items));
      }
      const found = await listEntries(tx, call.companyId, { ...which, state });
      const items = found.slice(0, limit).map((entry) => showEntry(entry));
      return json(toPage(found, limit, (entry) => entry, items));
    }),
});

const confirm = defineRoute({
  method: 'post',
  path: '/bank-entries/{id}/confirm',
  operationId: 'confirmBankEntry',
  tag,
  summary: 'Take an entry as the payment of documents',
  description:
    'Each document gets what is open of it, in the order given; the last one gets the rest. What was paid before is added to.',
  id: 'bankEntry',
  right: 'send',
  body: { json: z.strictObject({ documentIds: z.array(z.string()).min(1).max(100) }) },
  success: { kind: 'json', statuses: [200], schema: bankEntryShape },
  refusals: ['already_decided'],
  handle: (call) =>
    once(call, async (tx) => {
      const { documentIds } = call.body;
      const which = { companyId: call.companyId, entryId: call.id, documentIds, by: byKey(call) };
      return answerOf(await confirmEntry(tx, which, call.now));
    }),
});

const ignore = defineRoute({
  method: 'post',
  path: '/bank-entries/{id}/ignore',
  operationId: 'ignoreBankEntry',
  tag,
  summary: 'Put an entry aside: it pays no document',
  id: 'bankEntry',
  right: 'send',
  success: { kind: 'json', statuses: [200], schema: bankEntryShape },
  refusals: ['already_decided'],
  handle: (call) =>
    once(call, async (tx) => {
      const which = { companyId: call.companyId, entryId: call.id, by: byKey(call) };
      return answerOf(await ignoreEntry(tx, which, call.now));
    }),
});

const words: Readonly<Partial<Record<ConfirmRefusal, string>>> = {
  document_missing: 'There is no such document.',
  document_replaced: 'A newer version has taken the place of this document.',
  document_paid: 'This document is paid or canceled already.',
  other_currency: 'The document has another currency than the entry.',
  too_little: 'Nothing is left of the amount for the last of these documents.',
};

function answerOf(done: Confirmed): Answer<BankEntryJson> {
  if (done.ok) return json(showEntry(done.entry));
  if (done.reason === 'not_found' || done.reason === 'already_decided') return refuse(done.reason);
  return refuseFields([{ path: 'documentIds', message: words[done.reason] ?? done.reason }]);
}

export const paymentRoutes: readonly Route[] = [upload, imports, entries, confirm, ignore];
