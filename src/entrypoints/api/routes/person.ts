import { z } from '@hono/zod-openapi';
import { isId } from '#base/ids';
import { erasePerson, exportRecord, mostPersonMessages, personRecord } from '#domain/privacy';
import { json } from '../answer.ts';
import { byKey } from '../author.ts';
import { inOwnCompany } from '../call.ts';
import { once } from '../once.ts';
import { defineRoute, type Route } from '../route.ts';
import { emailAddress, instant } from '../shapes/common.ts';

const tag = 'Privacy';

const recordShape = z
  .object({
    address: z.string(),
    exportedAt: instant,
    contacts: z.array(z.unknown()).openapi({ description: 'with consent, and when and how it was given' }),
    changes: z.array(z.unknown()).openapi({ description: 'of contact and consent, oldest first' }),
    messageCount: z.number(),
    messages: z.array(z.unknown()).openapi({ description: 'newest first, with counts and visits' }),
    nextCursor: z.string().nullable().openapi({ description: 'null where these were the last messages' }),
  })
  .openapi('PersonRecord');

const read = defineRoute({
  method: 'get',
  path: '/person',
  operationId: 'getPersonRecord',
  tag,
  summary: 'Everything that is recorded about whoever gets mail at an address',
  description:
    'To be handed out when he asks: Regulation (EU) 2016/679 art. 15(3) and 20. Contacts and changes are whole on each page; the e-mails go on with `cursor` until `nextCursor` is null.',
  right: 'all',
  query: z.strictObject({
    address: emailAddress,
    limit: z.coerce.number().int().min(1).max(mostPersonMessages).default(mostPersonMessages).openapi({
      description: 'how many e-mails at most',
    }),
    cursor: z
      .string()
      .refine((text) => isId('message', text), { message: 'This is no cursor of an earlier page.' })
      .optional()
      .openapi({ description: '`nextCursor` of the page before' }),
  }),
  success: { kind: 'json', statuses: [200], schema: recordShape },
  handle: (call) =>
    inOwnCompany(call, async (tx) => {
      const { address, limit, cursor } = call.query;
      const page = { before: cursor ?? null, limit };
      const record = await personRecord(tx, call.companyId, address.trim(), page);
      const shown = exportRecord(record, call.now);
      return json({ ...shown, contacts: [...shown.contacts] });
    }),
});

const erase = defineRoute({
  method: 'post',
  path: '/person/erase',
  operationId: 'erasePerson',
  tag,
  summary: 'Erase what is recorded about whoever gets mail at an address',
  description:
    'Details of visits, personal fields of events and his contacts go; his links record nothing from now on. Events and hashes stay, and every proof still holds. What is on legal hold stays whole.',
  right: 'all',
  body: { json: z.strictObject({ address: emailAddress }) },
  success: {
    kind: 'json',
    statuses: [200],
    schema: z.object({
      messages: z.number(),
      hits: z.number(),
      fields: z.number(),
      contacts: z.number(),
      held: z.number().openapi({ description: 'e-mails on legal hold' }),
    }),
  },
  handle: (call) =>
    once(call, async (tx) => {
      const which = { companyId: call.companyId, address: call.body.address.trim(), by: byKey(call) };
      return json({ ...(await erasePerson(tx, which, call.now)) });
    }),
});

export const personRoutes: readonly Route[] = [read, erase];
