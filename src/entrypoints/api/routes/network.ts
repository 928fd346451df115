import { z } from '@hono/zod-openapi';
import {
  findPartner,
  liftBlock,
  listBlocks,
  listCompany,
  type Standing,
  standingOf,
  unlistCompany,
} from '#domain/network';
import { empty, json, refuse } from '../answer.ts';
import { byKey } from '../author.ts';
import { inOwnCompany } from '../call.ts';
import { once, orNothing } from '../once.ts';
import { defineRoute, type Route } from '../route.ts';
import { emailAddress, maybeInstant, maybeIso } from '../shapes/common.ts';
import { nameShape, proofShape } from '../shapes/hand-over.ts';
import { blockShape, showBlock } from '../shapes/network-block.ts';

const tag = 'Network';

const standingShape = z
  .object({
    listed: z.boolean(),
    listedAt: maybeInstant,
    names: z
      .array(z.object({ name: nameShape, proof: proofShape }))
      .openapi({ description: 'what others find the company by while it is listed' }),
    unconfirmedVatId: z.string().nullable().openapi({
      description: 'stated by the company, not confirmed by the operator: found by it is nobody',
    }),
  })
  .openapi('NetworkStanding');

function show(standing: Standing): z.input<typeof standingShape> {
  const { listedAt, names, unconfirmedVatId } = standing;
  return { listed: listedAt !== null, listedAt: maybeIso(listedAt), names: [...names], unconfirmedVatId };
}

const get = defineRoute({
  method: 'get',
  path: '/network',
  operationId: 'getNetwork',
  tag,
  summary: 'Whether and how other companies of this installation find this one',
  right: 'read',
  success: { kind: 'json', statuses: [200], schema: standingShape },
  handle: (call) => inOwnCompany(call, async (tx) => json(show(await standingOf(tx, call.companyId)))),
});

const change = defineRoute({
  method: 'patch',
  path: '/network',
  operationId: 'changeNetwork',
  tag,
  summary: 'Let other companies find this one, or no more',
  description: 'What was received stays.',
  right: 'all',
  body: { json: z.strictObject({ listed: z.boolean() }) },
  success: { kind: 'json', statuses: [200], schema: standingShape },
  handle: (call) =>
    once(call, async (tx) => {
      const which = { companyId: call.companyId, by: byKey(call) };
      await (call.body.listed ? listCompany : unlistCompany)(tx, which, call.now);
      return json(show(await standingOf(tx, call.companyId)));
    }),
});

const partner = defineRoute({
  method: 'get',
  path: '/network/partner',
  operationId: 'findPartner',
  tag,
  summary: 'Find a customer in the network',
  description:
    'By his VAT id, if the operator has confirmed it, or by the domain of his address, if the DNS proves that it is the company’s own.',
  right: 'read',
  query: z.strictObject({ vatId: z.string().max(50).optional(), email: emailAddress.optional() }),
  success: {
    kind: 'json',
    statuses: [200],
    schema: z.object({
      partner: z
        .object({ company: z.string(), foundBy: nameShape, proof: proofShape })
        .nullable()
        .openapi({ description: 'null: nobody is found, or who is found cannot be reached' }),
    }),
  },
  handle: (call) =>
    inOwnCompany(call, async (tx) => {
      const { vatId = null, email } = call.query;
      const sought = { companyId: call.companyId, vatId, addresses: email ? [email] : [] };
      const found = await findPartner(tx, sought);
      if (!found) return json({ partner: null });
      return json({ partner: { company: found.companyName, foundBy: found.name, proof: found.proof } });
    }),
});

const blocks = defineRoute({
  method: 'get',
  path: '/network/blocks',
  operationId: 'listNetworkBlocks',
  tag,
  summary: 'List the companies from which nothing is received',
  right: 'read',
  success: { kind: 'json', statuses: [200], schema: z.object({ items: z.array(blockShape) }) },
  handle: (call) =>
    inOwnCompany(call, async (tx) => json({ items: (await listBlocks(tx, call.companyId)).map(showBlock) })),
});

const lift = defineRoute({
  method: 'delete',
  path: '/network/blocks/{id}',
  operationId: 'liftNetworkBlock',
  tag,
  summary: 'Receive from a company again',
  id: 'company',
  right: 'all',
  success: { kind: 'empty' },
  handle: (call) =>
    orNothing(call, async (tx) => {
      const which = { companyId: call.companyId, fromId: call.id, by: byKey(call) };
      return (await liftBlock(tx, which, call.now)) ? empty : refuse('not_found');
    }),
});

export const networkRoutes: readonly Route[] = [get, change, partner, blocks, lift];
