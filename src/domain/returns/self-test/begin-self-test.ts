import { randomInt } from 'node:crypto';
import { newId } from '#base/ids';
import type { Language } from '#base/language';
import { makeTestMark, makeTestPath, markHeader } from '#domain/outbox';
import {
  type CheckDeps,
  getSender,
  isHouseSender,
  isProviderSender,
  maySend,
  returnDomain,
  type Sender,
  sendSelfTestMail,
} from '#domain/senders';
import { checkAddress, domainOf, normaliseAddress } from '#mail/address';
import { asWorker, inCompany } from '#stores/database';
import { selectMailbox } from '../mailbox-table.ts';
import type { ReturnsNeeds } from '../returns.ts';
import type { SelfTest, SentFacts, TestWay } from './self-test.ts';
import { endSelfTest, forgetSelfTests, insertSelfTest } from './self-test-table.ts';

export type SelfTestDeps = Pick<ReturnsNeeds, 'database' | 'returnKey' | 'keyDns' | 'clock'> & {
  readonly senders: CheckDeps;
};

export interface SelfTestOrder {
  readonly companyId: string;
  readonly senderId: string;
  /** Absent: the best that there is. */
  readonly way?: TestWay;
  /** Whose source will be pasted; the other ways have an address of their own. */
  readonly to?: string;
  readonly language: Language;
}

export type SelfTestRefusal =
  | 'not_found'
  /** The sandbox sends nothing. */
  | 'nothing_to_test'
  /** Not by this way: no return host is set up, or no mailbox is connected. */
  | 'way_not_available'
  | 'address_invalid';

export type SelfTestBegun =
  | { readonly ok: true; readonly test: SelfTest }
  | { readonly ok: false; readonly reason: SelfTestRefusal };

const keptPerSender = 20;

/** The ways by which a test mail of a sender can be seen again, the one that tells most first. */
export async function waysOf(deps: SelfTestDeps, sender: Sender): Promise<readonly TestWay[]> {
  if (sender.method === 'sandbox') return [];
  const mailbox = await asWorker(deps.database, (tx) => selectMailbox(tx, sender.companyId, sender.id));
  return [
    ...(returnHostOf(deps, sender) === null ? [] : (['return_host'] as const)),
    ...(mailbox && mailbox.state !== 'broken' ? (['mailbox'] as const) : []),
    'pasted' as const,
  ];
}

/** Sends a mail as a dispatch of this sender would leave, to where it will be seen again. What a server refuses ends the test. */
export async function beginSelfTest(deps: SelfTestDeps, order: SelfTestOrder): Promise<SelfTestBegun> {
  const sender = await inCompany(deps.database, order.companyId, (tx) =>
    getSender(tx, order.companyId, order.senderId),
  );
  if (!sender || sender.deletedAt) return refused('not_found');
  const ways = await waysOf(deps, sender);
  if (ways.length === 0 || isUnproven(sender)) return refused('nothing_to_test');
  const way = order.way ?? ways[0];
  if (!way || !ways.includes(way)) return refused('way_not_available');
  const id = newId('selfTest', deps.clock());
  const to = addressFor(deps, sender, id, way, order.to ?? '');
  if (to === null) return refused('address_invalid');
  const test = waiting(deps, sender, { id, way, to });
  await inCompany(deps.database, order.companyId, async (tx) => {
    await insertSelfTest(tx, test);
    await forgetSelfTests(tx, { ...order, kept: keptPerSender });
  });
  const { messageId, mark, code, envelopeFrom } = test.sent;
  const extra = { messageId, header: { name: markHeader, value: mark }, code, envelopeFrom };
  const handed = await sendSelfTestMail(deps.senders, { sender, to, language: order.language, ...extra });
  if (handed.accepted) return { ok: true, test };
  const end = { state: 'not_sent' as const, answer: handed.answer.slice(0, 1000), at: deps.clock() };
  await inCompany(deps.database, order.companyId, (tx) => endSelfTest(tx, test, end));
  return { ok: true, test: { ...test, state: end.state, answer: end.answer, endedAt: end.at } };
}

/** Not even a test leaves under a name that nobody has vouched for. */
function isUnproven(sender: Sender): boolean {
  return sender.problem === 'address_not_confirmed' || (isHouseSender(sender) && !maySend(sender));
}

function waiting(
  deps: SelfTestDeps,
  sender: Sender,
  { id, way, to }: { readonly id: string; readonly way: TestWay; readonly to: string },
): SelfTest {
  const mark = makeTestMark(deps.returnKey, id);
  const ownPath = isHouseSender(sender) ? pathAt(deps, sender, id) : null;
  const sent: SentFacts = {
    from: sender.address,
    envelopeFrom: ownPath ?? normaliseAddress(sender.address),
    messageId: `${id.toLowerCase()}@${domainOf(normaliseAddress(sender.address))}`,
    mark,
    code: String(randomInt(10 ** 8)).padStart(8, '0'),
    through: throughOf(deps.senders, sender),
  };
  const { companyId, id: senderId } = sender;
  const open = { state: 'waiting' as const, answer: null, findings: null, endedAt: null };
  return { id, companyId, senderId, way, to, sent, ...open, sentAt: deps.clock() };
}

function addressFor(
  deps: SelfTestDeps,
  sender: Sender,
  id: string,
  way: TestWay,
  typed: string,
): string | null {
  if (way === 'mailbox') return sender.address;
  if (way === 'return_host') return pathAt(deps, sender, id);
  const address = typed.trim();
  return checkAddress(address).ok ? address : null;
}

function pathAt(deps: SelfTestDeps, sender: Sender, id: string): string | null {
  const host = returnHostOf(deps, sender);
  return host === null ? null : makeTestPath(deps.returnKey, id, host);
}

/** Where mail of this sender comes back to us; null where nothing does. */
function returnHostOf({ senders }: SelfTestDeps, sender: Sender): string | null {
  if (sender.method === 'domain') return returnDomain(domainOf(normaliseAddress(sender.address)));
  const { platformDomain } = senders.house;
  return platformDomain === 'localhost' ? null : returnDomain(platformDomain);
}

/** The next server of a sender in words of its settings. */
export function throughOf({ house }: Pick<CheckDeps, 'house'>, sender: Sender): string {
  if (sender.method === 'smtp') return `${sender.settings.host}:${sender.settings.port}`;
  if (isProviderSender(sender) || sender.method === 'sandbox') return sender.method;
  return house.delivery.kind === 'relay'
    ? `${house.delivery.options.host}:${house.delivery.options.port}`
    : house.delivery.kind;
}

function refused(reason: SelfTestRefusal) {
  return { ok: false as const, reason };
}
