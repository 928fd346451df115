import type { Fact } from '#domain/evidence';
import type { Message } from '#domain/outbox';

/** The event of an answer that was passed on, or that stays here because it could not be: then `problem` says why. */
export function replyFact(
  type: 'message.reply_passed_on' | 'message.reply_kept',
  message: Message,
  about: { readonly problem: string | null; readonly to: string },
  at: Date,
): Fact {
  return {
    type,
    companyId: message.companyId,
    dispatchId: message.dispatchId,
    messageId: message.id,
    documentId: message.documentId,
    at,
    actor: 'system',
    data: about.problem ? { problem: about.problem } : {},
    personal: { to: about.to },
  };
}
