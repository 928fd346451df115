import { type Dispatch, type DispatchTables, getDispatches } from '#domain/dispatch';
import { getMessages, type Message, type OutboxTables } from '#domain/outbox';
import { type SenderTables, sendersByIds, trialSenderOf } from '#domain/senders';
import { type Engagement, engagementsOf, noEngagement, type TrackingTables } from '#domain/tracking';
import type { Tx } from '#stores/database';

/** Everything that was sent of some documents, and what is known of it. */
export interface Sendings {
  /** Newest first. */
  readonly dispatches: readonly Dispatch[];
  readonly messages: ReadonlyMap<string, Message>;
  readonly engagements: ReadonlyMap<string, Engagement>;
  /** Senders that keep everything in the sandbox. */
  readonly sandboxes: ReadonlySet<string>;
  /** The one of them of which nothing counts any more; see `trialSenderOf`. */
  readonly trialSender: string | null;
}

type SendingTx = Tx<DispatchTables & OutboxTables & SenderTables & TrackingTables>;

/** Reads what was sent of these documents, whole dispatches each. */
export async function readSendings(
  tx: SendingTx,
  companyId: string,
  documentIds: readonly string[],
): Promise<Sendings> {
  return withMessages(tx, companyId, await getDispatches(tx, companyId, { documentIds }));
}

/** The same for some dispatches. */
export async function readDispatches(
  tx: SendingTx,
  companyId: string,
  ids: readonly string[],
): Promise<Sendings> {
  return withMessages(tx, companyId, await getDispatches(tx, companyId, { ids }));
}

async function withMessages(
  tx: SendingTx,
  companyId: string,
  dispatches: readonly Dispatch[],
): Promise<Sendings> {
  const own = await getMessages(tx, companyId, { dispatchIds: dispatches.map((dispatch) => dispatch.id) });
  const known = new Set(own.map((message) => message.id));
  // A resend may be of another dispatch than those that were asked for.
  const replacing = own.flatMap((message) => message.replacedBy ?? []).filter((id) => !known.has(id));
  const messages = [...own, ...(await getMessages(tx, companyId, { ids: replacing }))];
  const engagements = await engagementsOf(
    tx,
    messages.map((message) => message.id),
  );
  const senders = await sendersByIds(tx, [...new Set(messages.map((message) => message.senderId))]);
  return {
    dispatches,
    sandboxes: new Set(senders.filter((one) => one.method === 'sandbox').map((one) => one.id)),
    trialSender: await trialSenderOf(tx, companyId),
    messages: new Map(messages.map((message) => [message.id, message])),
    engagements: new Map(engagements.map((engagement) => [engagement.messageId, engagement])),
  };
}

export function engagementOf(sendings: Sendings, messageId: string): Engagement {
  return sendings.engagements.get(messageId) ?? noEngagement(messageId);
}

/** The messages of a dispatch in the order of its recipients. */
export function messagesOf(sendings: Sendings, dispatchId: string): Message[] {
  return [...sendings.messages.values()]
    .filter((message) => message.dispatchId === dispatchId)
    .sort((a, b) => a.position - b.position);
}
