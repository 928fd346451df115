import { z } from '@hono/zod-openapi';
import type { Notice } from '#domain/notices';
import { instant, iso } from './common.ts';

export const noticeShape = z
  .object({
    id: z.string().openapi({ example: 'ntc_01KA6Q0E5M3F5Z8S2VQ7XJ9T4B' }),
    kind: z.enum([
      'message_failed',
      'message_held',
      'message_unconfirmed',
      'message_delayed',
      'message_complained',
      'sender_broken',
      'sent_copy_failed',
      'domain_warning',
      'domain_broken',
      'webhook_disabled',
      'customer_accepted',
      'customer_refused',
      'customer_paid',
      'customer_disputed',
      'customer_replied',
      'customer_misdirected',
      'customer_delegated',
      'erasure_requested',
      'export_requested',
      'reminders_wait',
      'reminders_blocked',
      'reminders_bank_old',
      'send_rule_refused',
      'network_received',
      'network_accepted',
      'network_rejected',
      'network_failed',
      'reply_kept',
      'receipt_unmatched',
      'plan_limit_near',
      'plan_limit_reached',
    ]),
    subjectId: z.string().openapi({
      description: 'the message, sender, webhook, received document, hand-over or provider that it is about',
    }),
    dispatchId: z.string().nullable(),
    documentId: z.string().nullable(),
    problem: z.string().nullable(),
    reason: z.string().nullable(),
    text: z.string().nullable().openapi({ description: 'what the other side wrote' }),
    openedAt: instant,
  })
  .openapi('Notice');

/** A notice as programs see it. */
export function showNotice(notice: Notice): z.input<typeof noticeShape> {
  const { id, kind, subjectId, dispatchId, documentId, data } = notice;
  const { problem = null, reason = null, text = null } = data;
  return {
    id,
    kind,
    subjectId,
    dispatchId,
    documentId,
    problem,
    reason,
    text,
    openedAt: iso(notice.openedAt),
  };
}
