import { asksAgain } from './asks-again.ts';
import type { DispatchRequest } from './dispatch-request.ts';

/**
 * What is kept of a request that may have to be written anew: a reminder that no run keeps. Whom it goes to and when
 * it leaves stand with its messages, and are not kept twice: as JSON, what is undefined is gone. Else null.
 */
export function askedOf(request: DispatchRequest): DispatchRequest | null {
  if (!asksAgain(request)) return null;
  const elsewhere = { to: undefined, cc: undefined, bcc: undefined, channels: undefined };
  const once = { template: undefined, sendAt: undefined, undoSeconds: undefined, externalId: undefined };
  const never = { replaces: undefined, acceptedBefore: undefined };
  return { ...request, ...elsewhere, ...once, fileName: undefined, resendOf: undefined, ...never };
}

/** The same for what is left of its documents. A text for several documents does not fit a single one. */
export function askAgainFor(asked: DispatchRequest, documentIds: readonly string[]): DispatchRequest {
  const isLessThanAsked = documentIds.length < asked.documentIds.length;
  const templateId =
    isLessThanAsked && documentIds.length === 1 && asked.templateId ? undefined : asked.templateId;
  return { ...asked, documentIds, templateId, undoSeconds: 0 };
}

/** Whether somebody wrote what it says: such words may be about a document that stays behind. */
export function hasOwnWords({ subject, html, text }: DispatchRequest): boolean {
  return (subject ?? html ?? text) !== undefined;
}
