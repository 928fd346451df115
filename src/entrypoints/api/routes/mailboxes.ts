import { chooseMailbox, leaveMailbox, listMailboxes, type MailboxChosen } from '#domain/returns';
import { empty, json, type Refusal, refuse, refuseFields } from '../answer.ts';
import { byKey } from '../author.ts';
import { type Call, inOwnCompany } from '../call.ts';
import { once, orNothing } from '../once.ts';
import { defineRoute, type Route } from '../route.ts';
import { mailboxInput, mailboxShape, showMailbox } from '../shapes/mailbox.ts';

const tag = 'Senders';

const get = defineRoute({
  method: 'get',
  path: '/senders/{id}/mailbox',
  operationId: 'getMailbox',
  tag,
  summary: 'Show the mailbox that is read for what comes back',
  id: 'sender',
  right: 'read',
  success: { kind: 'json', statuses: [200], schema: mailboxShape },
  handle: (call) =>
    inOwnCompany(call, async (tx) => {
      const all = await listMailboxes(tx, call.companyId);
      const mailbox = all.find((one) => one.senderId === call.id);
      return mailbox ? json(showMailbox(mailbox)) : refuse('not_found');
    }),
});

const connect = defineRoute({
  method: 'post',
  path: '/senders/{id}/mailbox',
  operationId: 'connectMailbox',
  tag,
  summary: 'Let a sender’s mailbox be read by IMAP',
  description:
    'Bounces, answers and receipts are then found there. What is about no mail of yours is not kept. With `smtp` nothing in it is marked, moved or deleted. With `google` and `microsoft` the body is empty, the owner of the account must have granted it, and the copies that the provider files in Sent give way to one clean copy. `state` says within seconds whether it works.',
  id: 'sender',
  right: 'all',
  body: { json: mailboxInput },
  success: { kind: 'json', statuses: [200], schema: mailboxShape },
  handle: (call) =>
    once(call, async (tx) => {
      const { user, ...choice } = call.body;
      const input = { ...choice, user: user ?? null };
      const done = await chooseMailbox(tx, call.needs.senders, refOf(call), input, call.now);
      return done.ok ? json(showMailbox(done.mailbox)) : refuseMailbox(done.reason);
    }),
});

const disconnect = defineRoute({
  method: 'delete',
  path: '/senders/{id}/mailbox',
  operationId: 'disconnectMailbox',
  tag,
  summary: 'Read a sender’s mailbox no more',
  id: 'sender',
  right: 'all',
  success: { kind: 'empty' },
  handle: (call) =>
    orNothing(call, async (tx) =>
      (await leaveMailbox(tx, call.needs.senders, refOf(call), call.now)) ? empty : refuse('not_found'),
    ),
});

function refOf(call: Call) {
  const { actor, id: by } = byKey(call);
  return { companyId: call.companyId, senderId: call.id, actor, by };
}

type Refused = Extract<MailboxChosen, { ok: false }>['reason'];

const fields: Readonly<Record<Exclude<Refused, 'not_found'>, readonly [path: string, message: string]>> = {
  method_has_no_mailbox: [
    '',
    'Only a sender with the method `smtp`, `google` or `microsoft` has a mailbox that can be read.',
  ],
  host_missing: ['host', 'Say the server of the mailbox: host, port and security.'],
  account_has_its_server: ['', 'Where the mailbox of this account is, is known: send an empty object.'],
  mailbox_not_granted: [
    '',
    'The owner of the account has not granted that yet. Set `usesMailbox` of the sender, then let him open its `connectPath`.',
  ],
  host_invalid: ['host', 'This is no server name.'],
  host_not_allowed: ['host', 'This installation does not connect to that address.'],
  port_invalid: ['port', 'This is no port number.'],
  password_missing: ['password', 'A user of its own needs a password of its own.'],
};

function refuseMailbox(reason: Refused): Refusal {
  if (reason === 'not_found') return refuse('not_found');
  const [path, message] = fields[reason];
  return refuseFields([{ path, message }]);
}

export const mailboxRoutes: readonly Route[] = [get, connect, disconnect];
