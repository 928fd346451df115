import { getCustomers } from '#domain/customers';
import { type Document, getDocuments } from '#domain/documents';
import { readEvents } from '#domain/evidence';
import type { Notice } from '#domain/notices';
import { getMessages, listAttempts, type Message } from '#domain/outbox';
import { isProviderSender, type Sender, sendersByIds } from '#domain/senders';
import type { Tx } from '#stores/database';
import type { View } from '../kit/index.ts';
import type { WebTables } from '../needs.ts';
import { titleInSentence } from '../screens/document-words.ts';
import type { NoticeModel, Words } from '../screens/notice-words.ts';
import { wordsOfCustomers } from './words-of-customers.ts';

const mostEvents = 500;

/** Their subject is a run. */
const ofRuns: ReadonlySet<NoticeModel['kind']> = new Set(['reminders_wait', 'reminders_blocked']);

const states: Readonly<Record<NoticeModel['kind'], NoticeModel['state']>> = {
  message_failed: 'failed',
  message_held: 'held',
  message_unconfirmed: 'unconfirmed',
  message_delayed: 'waiting',
  message_complained: 'failed',
  sender_broken: 'failed',
  sent_copy_failed: 'unconfirmed',
  domain_warning: 'unconfirmed',
  domain_broken: 'failed',
  webhook_disabled: 'failed',
  customer_accepted: 'replied',
  customer_refused: 'replied',
  customer_paid: 'replied',
  customer_disputed: 'held',
  customer_replied: 'replied',
  customer_misdirected: 'held',
  customer_delegated: 'replied',
  erasure_requested: 'unconfirmed',
  export_requested: 'unconfirmed',
  reminders_wait: 'held',
  reminders_blocked: 'failed',
  reminders_bank_old: 'held',
  send_rule_refused: 'held',
  receipt_unmatched: 'held',
  plan_limit_near: 'unconfirmed',
  plan_limit_reached: 'held',
  network_received: 'waiting',
  network_accepted: 'replied',
  network_rejected: 'held',
  network_failed: 'failed',
  reply_kept: 'held',
};

/** Notices with the names and words that they are told with. `held` says how many e-mails wait for a sender. */
export async function noticeModels(
  tx: Tx<WebTables>,
  about: { readonly view: Words; readonly companyId: string },
  notices: readonly Notice[],
  held: ReadonlyMap<string, number> = new Map(),
): Promise<NoticeModel[]> {
  const { view, companyId } = about;
  const subjects = notices.map((notice) => notice.subjectId);
  const messages = new Map(
    (await getMessages(tx, companyId, { ids: subjects })).map((message) => [message.id, message]),
  );
  const wanted = [...subjects, ...[...messages.values()].map((message) => message.senderId)];
  const senders = new Map((await sendersByIds(tx, wanted)).map((sender) => [sender.id, sender]));
  const documents = await documentsOf(tx, companyId, notices);
  const names = await customerNames(tx, companyId, [...documents.values()]);
  const written = await wordsOfCustomers(tx, view, companyId, notices);
  const models: NoticeModel[] = [];
  for (const notice of notices) {
    const message = messages.get(notice.subjectId);
    const sender = senders.get(notice.subjectId) ?? holder(message, senders);
    const document = documents.get(notice.documentId ?? message?.documentId ?? '');
    models.push({
      id: notice.id,
      state: states[notice.kind],
      kind: notice.kind,
      at: notice.openedAt,
      document: document ? titleInSentence(view, document) : null,
      documentId: document?.id ?? null,
      receivedId: notice.kind === 'network_received' ? notice.subjectId : null,
      quote: notice.data.text ?? written.get(notice.id) ?? null,
      runId: ofRuns.has(notice.kind) ? notice.subjectId : null,
      customer: (document && (names.get(document.customerId ?? '') ?? document.buyerName)) || null,
      messageId: message?.id ?? null,
      dispatchId: notice.dispatchId,
      address:
        message?.address ??
        senders.get(notice.subjectId)?.address ??
        notice.data.url ??
        notice.data.name ??
        null,
      ...mendedBy(sender),
      reason: notice.data.problem ?? notice.data.reason ?? null,
      serverWords: message && notice.kind.startsWith('message_') ? await lastWords(tx, message) : null,
      count: held.get(notice.subjectId) ?? 0,
    });
  }
  return models;
}

/** The sender for which an e-mail waits, as long as it does not work. */
function holder(message: Message | undefined, senders: ReadonlyMap<string, Sender>): Sender | undefined {
  if (message?.delivery !== 'held' || message.detail !== 'sender_broken') return undefined;
  const sender = senders.get(message.senderId);
  return sender?.state === 'broken' && !sender.deletedAt ? sender : undefined;
}

/** The sender that is to be mended; its account is connected again, if that is what mends it. */
function mendedBy(sender: Sender | undefined): Pick<NoticeModel, 'sender' | 'connect'> {
  if (!sender) return {};
  const { id, address, problem } = sender;
  const named = { sender: { id, address, problem } };
  if (!isProviderSender(sender) || sender.state === 'valid') return named;
  return { ...named, connect: { sender: id, method: sender.method } };
}

const kindByDelivery: Readonly<Partial<Record<Message['delivery'], NoticeModel['kind']>>> = {
  rejected: 'message_failed',
  expired: 'message_failed',
  bounced: 'message_failed',
  complained: 'message_complained',
  held: 'message_held',
};

/** How an e-mail can be repaired on its own page, also when its notice was put aside; null when there is nothing to repair. */
export async function repairOf(tx: Tx<WebTables>, view: View, message: Message): Promise<NoticeModel | null> {
  const kind = kindByDelivery[message.delivery];
  if (!kind || message.replacedBy) return null;
  const [model] = await noticeModels(tx, { view, companyId: message.companyId }, [
    {
      id: '',
      companyId: message.companyId,
      kind,
      subjectId: message.id,
      dispatchId: message.dispatchId,
      documentId: message.documentId,
      data: message.detail ? { problem: message.detail } : {},
      openedAt: message.settledAt ?? message.createdAt,
      closedAt: null,
    },
  ]);
  return model ?? null;
}

async function documentsOf(
  tx: Tx<WebTables>,
  companyId: string,
  notices: readonly Notice[],
): Promise<Map<string, Document>> {
  const ids = notices.flatMap((notice) => notice.documentId ?? []);
  return new Map((await getDocuments(tx, companyId, ids)).map((document) => [document.id, document]));
}

async function customerNames(
  tx: Tx<WebTables>,
  companyId: string,
  documents: readonly Document[],
): Promise<Map<string, string>> {
  const ids = documents.flatMap((document) => document.customerId ?? []);
  return new Map((await getCustomers(tx, companyId, ids)).map((one) => [one.id, one.name]));
}

async function lastWords(tx: Tx<WebTables>, message: Message): Promise<string | null> {
  const attempts = await listAttempts(tx, message.companyId, message.id);
  return (await wordsOfReport(tx, message)) ?? attempts.at(-1)?.reply ?? null;
}

/** What the report said that came back last. */
async function wordsOfReport(tx: Tx<WebTables>, message: Message): Promise<string | null> {
  if (message.delivery !== 'bounced') return null;
  const events = await readEvents(tx, { kind: 'message', id: message.id, limit: mostEvents });
  const reply = events.findLast((event) => event.type === 'message.bounced')?.data['reply'];
  return typeof reply === 'string' ? reply : null;
}
