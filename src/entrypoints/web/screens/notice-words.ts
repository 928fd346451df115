import type { CustomerNotice, NetworkNotice } from '#domain/notices';
import type { EnvelopeState, View } from '../kit/index.ts';

/** A notice as the domain keeps it: what happened to whom, as a reason with values; the words are made here. */
export type NoticeModel = {
  readonly id: string;
  /** Which drawing and colour: failed, held, unconfirmed, waiting. */
  readonly state: Extract<EnvelopeState, 'failed' | 'held' | 'unconfirmed' | 'waiting' | 'replied'>;
  readonly kind:
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
  readonly at: Date;
  /** "invoice 2026-0316", in the reader's language, without a capital. */
  readonly document: string | null;
  readonly documentId: string | null;
  /** The run that waits. */
  readonly runId?: string | null;
  readonly customer: string | null;
  readonly messageId: string | null;
  readonly dispatchId: string | null;
  readonly address: string | null;
  /** The sender that does not work, and why; null where none is to blame. */
  readonly sender?: { readonly id: string; readonly address: string; readonly problem: string | null } | null;
  /** The sender at Google or Microsoft whose account is to be connected again. */
  readonly connect?: { readonly sender: string; readonly method: 'google' | 'microsoft' };
  /** Why, as the domain's stable word: what the server meant (`mailbox_unknown`), or why it is held (`sender_broken`). */
  readonly reason: string | null;
  /** What their server said, word for word. */
  readonly serverWords: string | null;
  /** What the customer, or the other company, wrote. */
  readonly quote?: string | null;
  /** The received document that waits for a decision. */
  readonly receivedId?: string | null;
  /** How many e-mails wait because of it. */
  readonly count?: number;
};

/** What words need of a page: a mail has no more. */
export type Words = Pick<View, 't' | 'language' | 'format'>;

/** What happened to whom, as one line. */
export function noticeTitle(view: Words, notice: NoticeModel): string {
  const title = view.t(`notice.${notice.kind}.title`, {
    customer: notice.customer ?? notice.address ?? view.t('notice.somebody'),
    document: notice.document ?? view.t('notice.aDocument'),
    address: notice.address ?? '',
  });
  const isAddress = notice.address !== null && title.startsWith(notice.address);
  return isAddress ? title : title.charAt(0).toLocaleUpperCase(view.language) + title.slice(1);
}

/** Why, in plain words, and what it means. */
export function noticeWhy(view: Words, notice: NoticeModel): string {
  const values = { address: notice.address ?? '', count: notice.count ?? 0 };
  const key = `reason.${notice.reason}`;
  if (notice.kind === 'message_held' && notice.sender) return heldWhy(view, notice.sender);
  // An answer that stayed here arrived all the same: the words for mails that did not would be wrong.
  if (notice.kind !== 'reply_kept' && view.t.has(key)) return view.t(key, { ...values });
  return view.t(`notice.${notice.kind}.why`, values);
}

/** Which address does not work, why, and that what waits needs nothing more than its repair. */
function heldWhy({ t }: Words, sender: NonNullable<NoticeModel['sender']>): string {
  const key = `reason.${sender.problem}`;
  const why = t.has(key) ? t(key, { address: sender.address, count: 0 }) : '';
  return t('notice.heldBySender', { sender: sender.address, why }).replace('  ', ' ');
}
