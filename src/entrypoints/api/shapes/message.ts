import { z } from '@hono/zod-openapi';
import { envelopeOfOne } from '#domain/dispatch';
import { newestEvents } from '#domain/evidence';
import type { Message } from '#domain/outbox';
import type { MessageRow } from '#domain/overview';
import {
  type Engagement,
  engagementLevels,
  engagementsOf,
  type Link,
  linksOf,
  linkTokens,
  linkUrls,
  noEngagement,
} from '#domain/tracking';
import type { ApiTx, Call } from '../call.ts';
import { instant, iso, maybeInstant, maybeIso } from './common.ts';
import { envelope } from './document.ts';

export const deliveryStates = [
  'scheduled',
  'held',
  'queued',
  'sending',
  'deferred',
  'handed_off',
  'accepted',
  'unconfirmed',
  'rejected',
  'expired',
  'bounced',
  'complained',
  'canceled',
] as const;

export const messageShape = z
  .object({
    id: z.string().openapi({ example: 'msg_01KA6Q0E5M3F5Z8S2VQ7XJ9T4B' }),
    dispatchId: z.string(),
    role: z
      .enum(['to', 'cc', 'bcc', 'copy', 'notification'])
      .openapi({ description: '`copy` is the sender’s own duplicate' }),
    address: z.string(),
    delivery: z.enum(deliveryStates).openapi({ description: '`accepted`: by the recipient’s mail server' }),
    deliveryDetail: z.string().nullable().openapi({
      description:
        'why, as a stable word; `own_words`: a document was settled before it left and the text was not from a template; release it as it is, or send what is left with other words (`replaces` of POST /dispatches)',
    }),
    engagement: z.enum(engagementLevels),
    envelope: envelope.openapi({
      description: 'delivery and engagement in one, as the list of e-mails shows it',
    }),
    openedCount: z.number().int(),
    viewedCount: z.number().int(),
    downloadedCount: z.number().int(),
    attempts: z.number().int().openapi({ description: 'how often it was tried' }),
    firstOpenedAt: maybeInstant,
    lastEventAt: instant,
    portalUrl: z.string().nullable().openapi({
      description: 'the recipient’s own link, for keys with all rights; using it counts like the customer',
    }),
  })
  .openapi('Message');

export type MessageJson = z.input<typeof messageShape>;

/** Messages as programs see them, from the tables themselves. */
export async function showMessages(
  tx: ApiTx,
  call: Call,
  messages: readonly Message[],
): Promise<MessageJson[]> {
  const ids = messages.map((message) => message.id);
  const engagements = new Map((await engagementsOf(tx, ids)).map((one) => [one.messageId, one]));
  const newest = await newestEvents(tx, 'message', ids);
  const portalUrls = await portalUrlsOf(tx, call, ids);
  return messages.map((message) => ({
    id: message.id,
    dispatchId: message.dispatchId,
    role: message.role,
    address: message.address,
    delivery: message.delivery,
    deliveryDetail: message.detail,
    ...engagementFields(message, engagements.get(message.id) ?? noEngagement(message.id)),
    attempts: message.attemptCount,
    lastEventAt: iso(newest.get(message.id)?.at ?? message.createdAt),
    portalUrl: portalUrls.get(message.id) ?? null,
  }));
}

function engagementFields(message: Message, engagement: Engagement) {
  const { level, openedCount, viewedCount, downloadedCount, firstOpenedAt } = engagement;
  return {
    engagement: level,
    envelope: envelopeOfOne(message, level),
    openedCount,
    viewedCount,
    downloadedCount,
    firstOpenedAt: maybeIso(firstOpenedAt),
  };
}

/** Messages as programs see them, from the rows of a list. */
export async function showMessageRows(
  tx: ApiTx,
  call: Call,
  rows: readonly MessageRow[],
): Promise<MessageJson[]> {
  const portalUrls = await portalUrlsOf(
    tx,
    call,
    rows.map((row) => row.message_id),
  );
  return rows.map((row) => ({
    id: row.message_id,
    dispatchId: row.dispatch_id,
    role: row.role,
    address: row.address,
    delivery: row.delivery,
    deliveryDetail: row.detail,
    engagement: row.engagement,
    envelope: row.envelope,
    openedCount: row.opened_count,
    viewedCount: row.viewed_count,
    downloadedCount: row.downloaded_count,
    attempts: row.attempt_count,
    firstOpenedAt: maybeIso(row.first_opened_at),
    lastEventAt: iso(row.last_event_at),
    portalUrl: portalUrls.get(row.message_id) ?? null,
  }));
}

/** The recipients' links, for keys that may play the customer; a link that was closed has none. */
async function portalUrlsOf(tx: ApiTx, call: Call, ids: readonly string[]): Promise<Map<string, string>> {
  if (call.caller.rights !== 'all') return new Map();
  const links = (await linksOf(tx, ids)).filter(
    (link) => link.companyId === call.companyId && !link.revokedAt,
  );
  return new Map(links.map((link) => [link.messageId, portalUrlOf(call, link)]));
}

function portalUrlOf({ needs }: Call, { messageId, generation }: Link): string {
  return linkUrls(needs.portalUrl, linkTokens(needs.linkKey, messageId, generation)).page;
}
