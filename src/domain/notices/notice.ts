import type { FollowedEvent } from '#domain/evidence';

export type NoticeKind =
  | 'message_failed'
  | 'message_held'
  | 'message_unconfirmed'
  | 'message_delayed'
  | 'message_complained'
  | 'sender_broken'
  | 'sent_copy_failed'
  | 'domain_warning'
  | 'domain_broken'
  | 'webhook_disabled'
  | 'erasure_requested'
  | 'export_requested'
  | 'reminders_wait'
  | 'reminders_blocked'
  | 'reminders_bank_old'
  | 'send_rule_refused'
  | 'receipt_unmatched'
  | 'plan_limit_near'
  | 'plan_limit_reached'
  | NetworkNotice
  | 'reply_kept'
  | CustomerNotice;

/** Something between companies of the network: a document came in; one that was handed over came to an end. */
export type NetworkNotice = 'network_received' | 'network_accepted' | 'network_rejected' | 'network_failed';

/** Something that a customer did on his page and that somebody should know. */
export type CustomerNotice =
  | 'customer_accepted'
  | 'customer_refused'
  | 'customer_paid'
  | 'customer_disputed'
  | 'customer_replied'
  | 'customer_misdirected'
  | 'customer_delegated';

/** A thing that needs a person. */
export interface Notice {
  readonly id: string;
  readonly companyId: string;
  readonly kind: NoticeKind;
  /** The message, sender, domain or webhook that it is about. */
  readonly subjectId: string;
  readonly dispatchId: string | null;
  readonly documentId: string | null;
  readonly data: {
    readonly problem?: string;
    readonly reason?: string;
    readonly url?: string;
    readonly name?: string;
    /** What the other side wrote. */
    readonly text?: string;
  };
  readonly openedAt: Date;
  readonly closedAt: Date | null;
}

/** What an event means for the notices about its subject: open this one, close those. */
export interface Effect {
  /** Of the notice; of the document whose notices are closed, where `of` says so. */
  readonly subjectId: string;
  readonly of?: 'document';
  readonly open: NoticeKind | null;
  readonly close: readonly NoticeKind[];
}

const aboutMessages: readonly NoticeKind[] = [
  'message_failed',
  'message_held',
  'message_unconfirmed',
  'message_delayed',
  'message_complained',
];

const byMessageEvent: Readonly<Record<string, NoticeKind | null>> = {
  'message.rejected': 'message_failed',
  'message.expired': 'message_failed',
  'message.bounced': 'message_failed',
  'message.complained': 'message_complained',
  'message.held': 'message_held',
  'message.unconfirmed': 'message_unconfirmed',
  'message.handed_off': null,
  'message.accepted': null,
  'message.released': null,
  'message.settled': null,
  'message.canceled': null,
  'message.resent': null,
};

const byCustomerEvent: Readonly<Record<string, CustomerNotice>> = {
  'decision.accepted': 'customer_accepted',
  'decision.refused': 'customer_refused',
  'payment.declared': 'customer_paid',
  'document.disputed': 'customer_disputed',
  'message.replied': 'customer_replied',
  'message.misdirected': 'customer_misdirected',
};

/** Signs that a mail has left after all, which is what an unconfirmed one waits for. */
const signsOfArrival: ReadonlySet<string> = new Set([
  'message.relayed',
  'message.expanded',
  'message.receipt_returned',
  'message.auto_replied',
  'message.replied',
]);

/** Works out what an event opens and closes; null when it concerns no notice. */
export function effectOf(event: FollowedEvent): Effect | null {
  const onMessage = event.messageId ? effectOnMessage(event, event.messageId) : undefined;
  if (onMessage !== undefined) return onMessage;
  if (event.data['via'] === 'network') return effectInNetwork(event);
  if (event.documentId && event.type === 'document.not_sent_by_rule')
    return { subjectId: event.documentId, open: 'send_rule_refused', close: [] };
  const onDocument = event.documentId ? effectOnDocument(event, event.documentId) : null;
  if (onDocument) return onDocument;
  if (event.documentId && event.type === 'dispatch.submitted')
    return { subjectId: event.documentId, open: null, close: ['send_rule_refused'] };
  if (event.type.startsWith('provider.receipt_')) return effectOnReceipts(event);
  if (event.type.startsWith('company.plan_')) return effectOnPlan(event);
  if (event.type === 'reminder.bank_file_old')
    return { subjectId: event.companyId, open: 'reminders_bank_old', close: [] };
  if (event.type === 'payment.imported')
    return { subjectId: event.companyId, open: null, close: ['reminders_bank_old'] };
  const domainId = event.data['domain'];
  if (typeof domainId === 'string' && event.type.startsWith('domain.'))
    return effectOnDomain(event, domainId);
  const runId = event.data['run'];
  if (typeof runId === 'string') return effectOnRun(event, runId);
  const webhookId = event.data['webhook'];
  if (typeof webhookId === 'string') return effectOnWebhook(event, webhookId);
  const senderId = event.data['sender'];
  return typeof senderId === 'string' ? effectOnSender(event, senderId) : null;
}

/** Undefined: it is not about the message as such. */
function effectOnMessage(event: FollowedEvent, subjectId: string): Effect | null | undefined {
  const { type, data } = event;
  if (type === 'contact.export_requested') return { subjectId, open: 'export_requested', close: [] };
  if (type === 'contact.erasure_requested')
    return data['automatic'] === true ? null : { subjectId, open: 'erasure_requested', close: [] };
  if (type === 'message.deferred')
    return data['delayed'] === true ? { subjectId, open: 'message_delayed', close: [] } : null;
  if (type === 'notification.delegated') return { subjectId, open: 'customer_delegated', close: [] };
  if (type === 'message.reply_kept') return { subjectId, open: 'reply_kept', close: [] };
  const customer = byCustomerEvent[type];
  if (customer && data['via'] === 'portal') return { subjectId, open: customer, close: [customer] };
  if (type === 'message.delayed')
    return { subjectId, open: 'message_delayed', close: ['message_unconfirmed'] };
  if (signsOfArrival.has(type))
    return { subjectId, open: null, close: ['message_unconfirmed', 'message_delayed'] };
  if (!(type in byMessageEvent)) return undefined;
  const open = byMessageEvent[type] ?? null;
  const close = aboutMessages.filter((kind) => kind !== open);
  return { subjectId, open, close: type === 'message.resent' ? [...close, 'customer_misdirected'] : close };
}

/** What a customer said of a document is dealt with when it is noted as paid, or his money was looked for in vain, and when its dispute is settled. */
function effectOnDocument({ type, data }: FollowedEvent, subjectId: string): Effect | null {
  const dealtWith = (kind: CustomerNotice): Effect => ({
    subjectId,
    of: 'document',
    open: null,
    close: [kind],
  });
  if (type === 'payment.recorded') return dealtWith('customer_paid');
  if (type !== 'document.changed') return null;
  if (isTakenBack(data['paymentDeclared'])) return dealtWith('customer_paid');
  return isTakenBack(data['disputed']) ? dealtWith('customer_disputed') : null;
}

function isTakenBack(change: unknown): boolean {
  return typeof change === 'object' && change !== null && 'to' in change && change.to === false;
}

function effectOnSender({ type }: FollowedEvent, subjectId: string): Effect | null {
  if (type === 'sender.copy_failed') return { subjectId, open: 'sent_copy_failed', close: [] };
  if (['sender.copy_filed', 'sender.mailbox_connected', 'sender.mailbox_disconnected'].includes(type))
    return { subjectId, open: null, close: ['sent_copy_failed'] };
  if (type === 'sender.broken') return { subjectId, open: 'sender_broken', close: [] };
  if (['sender.repaired', 'sender.connected', 'sender.removed'].includes(type))
    return { subjectId, open: null, close: ['sender_broken'] };
  return null;
}

/** Receipts of a provider that match no dispatch are one notice, which stays open until none of them waits. */
function effectOnReceipts({ type, data }: FollowedEvent): Effect | null {
  const subjectId = String(data['provider']);
  if (type === 'provider.receipt_unmatched') return { subjectId, open: 'receipt_unmatched', close: [] };
  const isLast = type === 'provider.receipt_settled' && data['waiting'] === 0;
  return isLast ? { subjectId, open: null, close: ['receipt_unmatched'] } : null;
}

/** Quotes and orders are answered by a yes; of anything else only a no needs a person. */
const answered: ReadonlySet<unknown> = new Set(['quote', 'order']);

/** A received document waits for a decision; the sender hears of a no, of a yes to a quote, and of what could not be handed over. */
function effectInNetwork({ type, data }: FollowedEvent): Effect | null {
  const { received, handOver } = data;
  if (typeof received === 'string')
    return type === 'document.received'
      ? { subjectId: received, open: 'network_received', close: [] }
      : { subjectId: received, open: null, close: ['network_received'] };
  if (typeof handOver !== 'string') return null;
  const close: readonly NoticeKind[] = ['network_accepted', 'network_rejected'];
  if (type === 'dispatch.undelivered') return { subjectId: handOver, open: 'network_failed', close: [] };
  if (type === 'decision.refused') return { subjectId: handOver, open: 'network_rejected', close };
  if (type !== 'decision.accepted') return null;
  return { subjectId: handOver, open: answered.has(data['kind']) ? 'network_accepted' : null, close };
}

/** A domain whose records are missing needs a person until they are back, or the domain is removed. */
function effectOnDomain({ type }: FollowedEvent, subjectId: string): Effect | null {
  if (type === 'domain.degraded') return { subjectId, open: 'domain_warning', close: [] };
  if (type === 'domain.broken') return { subjectId, open: 'domain_broken', close: ['domain_warning'] };
  const isDealtWith = type === 'domain.repaired' || type === 'domain.verified' || type === 'domain.removed';
  return isDealtWith ? { subjectId, open: null, close: ['domain_warning', 'domain_broken'] } : null;
}

/** What is left of a plan's month concerns the owners until the next one is counted, or the plan is another. */
function effectOnPlan({ type, companyId: subjectId }: FollowedEvent): Effect | null {
  if (type === 'company.plan_limit_near') return { subjectId, open: 'plan_limit_near', close: [] };
  if (type === 'company.plan_limit_reached')
    return { subjectId, open: 'plan_limit_reached', close: ['plan_limit_near'] };
  if (type !== 'company.plan_use_begun' && type !== 'company.plan_changed') return null;
  return { subjectId, open: null, close: ['plan_limit_near', 'plan_limit_reached'] };
}

/** Reminders that a policy has put together wait until somebody starts or cancels them, and again when the start is taken back; so does what went without them. */
function effectOnRun({ type, data }: FollowedEvent, subjectId: string): Effect | null {
  const isProposed = type === 'reminder.proposed' || type === 'dispatch.undone_many';
  if (isProposed && data['review'] === true) return { subjectId, open: 'reminders_wait', close: [] };
  const unsent = data['unattended'] === true ? Number(data['blocked']) + Number(data['refused']) : 0;
  if (type === 'dispatch.finished_many' && unsent > 0)
    return { subjectId, open: 'reminders_blocked', close: [] };
  const isDealtWith = type === 'dispatch.started_many' || type === 'dispatch.canceled_many';
  return isDealtWith ? { subjectId, open: null, close: ['reminders_wait'] } : null;
}

/** A webhook that was switched off needs a person until somebody has changed or removed it. */
function effectOnWebhook({ type }: FollowedEvent, subjectId: string): Effect | null {
  if (type === 'company.webhook_disabled') return { subjectId, open: 'webhook_disabled', close: [] };
  const isDealtWith = type === 'company.webhook_changed' || type === 'company.webhook_removed';
  return isDealtWith ? { subjectId, open: null, close: ['webhook_disabled'] } : null;
}
