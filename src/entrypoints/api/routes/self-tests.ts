import { getCompany } from '#domain/accounts';
import {
  beginSelfTest,
  readSelfTest,
  type SelfTestDeps,
  type SelfTestRefusal,
  takePastedSource,
} from '#domain/returns';
import { getSender } from '#domain/senders';
import { type Answer, json, type Refusal, refuse, refuseFields } from '../answer.ts';
import { type Call, inOwnCompany } from '../call.ts';
import { onceAround } from '../once.ts';
import { defineRoute, type Route } from '../route.ts';
import { selfTestOrder, selfTestShape, selfTestSource, showSelfTest } from '../shapes/self-test.ts';

const tag = 'Senders';
const success = { kind: 'json', statuses: [200], schema: selfTestShape } as const;

const get = defineRoute({
  method: 'get',
  path: '/senders/{id}/self-test',
  operationId: 'getSelfTest',
  tag,
  summary: 'Show the last self-test of a sender',
  description: 'What of its mails survives the way, and what will therefore be seen of bounces and answers.',
  id: 'sender',
  right: 'read',
  success,
  handle: (call) => last(call),
});

const begin = defineRoute({
  method: 'post',
  path: '/senders/{id}/self-test',
  operationId: 'beginSelfTest',
  tag,
  summary: 'Send a mail to find out what survives the way',
  description:
    'It leaves as a dispatch would. Ask `GET /senders/{id}/self-test` until its `state` is no longer `waiting`.',
  id: 'sender',
  right: 'all',
  body: { json: selfTestOrder },
  success,
  handle: (call) =>
    onceAround(call, async () => {
      const order = { companyId: call.companyId, senderId: call.id, ...call.body, language: 'en' } as const;
      const begun = await beginSelfTest(depsOf(call), order);
      return begun.ok ? last(call) : refuseTest(begun.reason);
    }),
});

const paste = defineRoute({
  method: 'post',
  path: '/senders/{id}/self-test/source',
  operationId: 'pasteSelfTestSource',
  tag,
  summary: 'Give the source of the test mail as it arrived',
  id: 'sender',
  right: 'all',
  body: { json: selfTestSource },
  success,
  handle: (call) =>
    onceAround(call, async () => {
      const taken = await takePastedSource(depsOf(call), {
        companyId: call.companyId,
        senderId: call.id,
        source: call.body.source,
      });
      if (taken.ok) return last(call);
      if (taken.reason === 'not_found') return refuse('not_found');
      return refuseFields([
        {
          path: 'source',
          message: 'This is not the last test mail: its subject, headers and id are others.',
        },
      ]);
    }),
});

async function last(call: Call): Promise<Answer<ReturnType<typeof showSelfTest>>> {
  return inOwnCompany(call, async (tx) => {
    const sender = await getSender(tx, call.companyId, call.id);
    const company = await getCompany(tx, call.companyId);
    if (!sender || sender.deletedAt || !company) return refuse('not_found');
    const standing = await readSelfTest(tx, call.needs.senders, sender, company.trackReplies);
    return standing ? json(showSelfTest(standing)) : refuse('not_found');
  });
}

function depsOf({ needs }: Call): SelfTestDeps {
  return needs;
}

const words: Readonly<
  Record<Exclude<SelfTestRefusal, 'not_found'>, readonly [path: string, message: string]>
> = {
  nothing_to_test: ['', 'The sandbox, and an address that is not proven, send nothing.'],
  way_not_available: [
    'way',
    'Not by this way: this installation has no return host (ENVOI_PLATFORM_DOMAIN), or the sender no mailbox that is read.',
  ],
  address_invalid: ['to', 'With the way `pasted` this must be an e-mail address.'],
};

function refuseTest(reason: SelfTestRefusal): Refusal {
  if (reason === 'not_found') return refuse('not_found');
  const [path, message] = words[reason];
  return refuseFields([{ path, message }]);
}

export const selfTestRoutes: readonly Route[] = [get, begin, paste];
