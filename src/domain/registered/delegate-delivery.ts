import { makeFormat } from '#base/language';
import { after, day } from '#base/time';
import type { Company } from '#domain/accounts';
import { type SuppressionTables, suppressionsOf } from '#domain/customers';
import { type EvidenceTables, record } from '#domain/evidence';
import { type OutboxTables, queueMessages } from '#domain/outbox';
import { openLinks, type TrackingTables } from '#domain/tracking';
import { addressKey, domainOf, parseAddress } from '#mail/address';
import type { Tx } from '#stores/database';
import { verifiedBy } from './code.ts';
import { about } from './decide-delivery.ts';
import { type Delegate, delegateFacts, type Held, mostDelegates, mostNameLength } from './delegate.ts';
import { endDelegate, insertDelegate, selectDelegates } from './delegate-table.ts';
import { codeLevel, type Delivery } from './delivery.ts';
import { lockDelivery, type RegisteredTables } from './delivery-table.ts';
import { letterAbout } from './give-to-outbox.ts';
import { type RegisteredDeps, registeredWordsIn } from './registered-deps.ts';
import { type Told, toldTo } from './tell-delivery.ts';

type DelegateTx = Tx<RegisteredTables & OutboxTables & EvidenceTables & TrackingTables & SuppressionTables>;

export type DelegationRefusal =
  | 'not_verified'
  | 'not_yours'
  | 'over'
  | 'name_invalid'
  | 'address_invalid'
  | 'address_known'
  | 'address_blocked'
  | 'too_many';
export type Delegated =
  | { readonly ok: true; readonly delegate: Delegate }
  | { readonly ok: false; readonly reason: DelegationRefusal };

export interface Delegation {
  readonly held: Held;
  /** Of the browser that asks. */
  readonly session: string;
  readonly name: string;
  readonly address: string;
  readonly network: string | null;
}

/**
 * Hands a delivery to a colleague, in the caller's transaction: he gets a mail with a link of his own, and codes in his own mailbox. The recipient keeps
 * his link; whoever answers first has answered, and the deadline stays as it is. Only the recipient can do that, with a browser that has
 * shown the code, three times, and not to an address that is blocked. The mail has no word of his own but the name: nobody can write to
 * strangers in the sender's name.
 */
export async function delegateDelivery(
  tx: DelegateTx,
  deps: Pick<RegisteredDeps, 'portalUrl' | 'returnPaths'>,
  { held, session, name, address, network, told }: Delegation & { readonly told: Told },
  now: Date,
): Promise<Delegated> {
  const delivery = await lockDelivery(tx, held.delivery.messageId);
  if (!delivery || held.delegate) return { ok: false, reason: 'not_yours' };
  const channel = await verifiedBy(tx, delivery.messageId, session, now);
  if (!channel) return { ok: false, reason: 'not_verified' };
  if (!mayBeHandedOn(delivery, now)) return { ok: false, reason: 'over' };
  const typed = await readDelegate(tx, delivery, { name, address });
  if (!typed.ok) return typed;
  const linkMessageId = await announce(tx, deps, { told, to: typed.value }, now);
  const { companyId, messageId } = delivery;
  const delegate: Delegate = {
    ...{ linkMessageId, messageId, companyId, ...typed.value },
    ...{ createdAt: now, endedAt: null },
  };
  await insertDelegate(tx, delegate);
  const { data, personal } = delegateFacts(delegate);
  await record(tx, [
    {
      ...about(delivery, now),
      type: 'notification.delegated',
      actor: 'person',
      data: { ...data, level: codeLevel(channel) },
      personal: { ...personal, network },
    },
  ]);
  return { ok: true, delegate };
}

/** The recipient takes it back from a delegate who has not answered: that link opens nothing any more. False when there was nothing to take back. */
export async function endDelegation(
  tx: DelegateTx,
  of: { readonly held: Held; readonly session: string; readonly linkMessageId: string },
  now: Date,
): Promise<boolean> {
  const { held, session, linkMessageId } = of;
  const delivery = await lockDelivery(tx, held.delivery.messageId);
  if (!delivery || held.delegate || !(await verifiedBy(tx, delivery.messageId, session, now))) return false;
  const delegates = await selectDelegates(tx, delivery.messageId);
  const delegate = delegates.find((one) => one.linkMessageId === linkMessageId && !one.endedAt);
  if (!delegate || delivery.state !== 'waiting') return false;
  await endDelegate(tx, linkMessageId, now);
  const { data, personal } = delegateFacts(delegate);
  await record(tx, [
    { ...about(delivery, now), type: 'notification.delegation_ended', actor: 'person', data, personal },
  ]);
  return true;
}

function mayBeHandedOn({ state, deadlineAt }: Delivery, now: Date): boolean {
  return state === 'waiting' && (deadlineAt === null || now <= deadlineAt);
}

async function readDelegate(
  tx: DelegateTx,
  delivery: Delivery,
  typed: { readonly name: string; readonly address: string },
): Promise<
  | { readonly ok: true; readonly value: Pick<Delegate, 'name' | 'address'> }
  | { readonly ok: false; readonly reason: DelegationRefusal }
> {
  const name = typed.name.trim();
  // A link in a name would be a word of his own to a stranger.
  if (name === '' || name.length > mostNameLength || /\p{Cc}|[<>@/:]|www\./iu.test(name))
    return { ok: false, reason: 'name_invalid' };
  const parsed = parseAddress(typed.address.trim().slice(0, 320));
  if (!parsed.ok) return { ok: false, reason: 'address_invalid' };
  const { address } = parsed.address;
  const delegates = await selectDelegates(tx, delivery.messageId);
  const known = [delivery.address, ...delegates.flatMap((one) => (one.endedAt ? [] : [one.address]))];
  if (known.some((one) => addressKey(one) === addressKey(address)))
    return { ok: false, reason: 'address_known' };
  if (delegates.length >= mostDelegates) return { ok: false, reason: 'too_many' };
  const blocked = await suppressionsOf(tx, delivery.companyId, [address]);
  return blocked.size > 0 ? { ok: false, reason: 'address_blocked' } : { ok: true, value: { name, address } };
}

/** Puts the mail to the delegate into the queue, with a link that opens the page of the delivery and nothing else; returns its message. */
async function announce(
  tx: DelegateTx,
  deps: Pick<RegisteredDeps, 'portalUrl' | 'returnPaths'>,
  of: { readonly told: Told; readonly to: Pick<Delegate, 'name' | 'address'> },
  now: Date,
): Promise<string> {
  const language = of.told.delivery.language as Company['language'];
  const t = registeredWordsIn(language);
  const told = toldTo(of.told, t);
  const { delivery, sender, company } = told;
  const written = { to: of.to.address, language, attachments: [], ...delegateText(told, of.to.name) };
  const cover = { title: t('service', { service: delivery.service }), button: t('notice.hidden.button') };
  const { platformDomain } = deps.returnPaths;
  const isOwnDomain = sender.method !== 'sandbox' && !told.isNeutral;
  const { messages, facts } = await queueMessages(
    tx,
    {
      letter: letterAbout(deps, told, { ...written, cover }, now),
      documentId: delivery.documentIds[0] ?? '',
      senderId: sender.id,
      recipients: [{ role: 'notification', name: of.to.name, address: of.to.address }],
      dueAt: now,
      mailDomain: isOwnDomain ? domainOf(sender.address) : platformDomain,
    },
    now,
  );
  const [message] = messages;
  if (!message) throw new Error('The mail to a delegate was not made.');
  await openLinks(tx, [
    {
      ...{ messageId: message.id, companyId: delivery.companyId, dispatchId: delivery.dispatchId },
      documentIds: [], // the page of the delivery knows them; a link without a code opens nothing
      ...{ language, mode: 'none' as const, counted: false },
      expiresAt: after(now, company.linkDays * day),
    },
  ]);
  await record(tx, facts);
  return message.id;
}

function delegateText(told: Told, name: string): { readonly subject: string; readonly text: string } {
  const { delivery, company, document, isNeutral } = told;
  const t = registeredWordsIn(delivery.language as Company['language']);
  const { language, country, zone } = {
    language: t.language,
    country: company.country,
    zone: company.timeZone,
  };
  const format = makeFormat({ language, country, zone, now: delivery.createdAt });
  const until = delivery.deadlineAt ? format.longDate(new Date(delivery.deadlineAt.getTime() - 1)) : '';
  const values = {
    ...{ name, for: delivery.address, company: company.name, document, service: delivery.service },
    ...{ until, hasUntil: until === '' ? 'no' : 'yes' },
  };
  const text = t(isNeutral ? 'delegate.hidden.text' : 'delegate.text', values);
  return { subject: t('delegate.subject', values), text: `${text}\n\n${t('law')}` };
}
