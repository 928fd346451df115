import { asksAgain } from './asks-again.ts';
import type { DispatchRequest } from './dispatch-request.ts';

/** How a mail was asked for, without whom it goes to, what it is about and when it leaves. */
export type Asked = Omit<
  DispatchRequest,
  | 'companyId'
  | 'documentIds'
  | 'to'
  | 'cc'
  | 'bcc'
  | 'channels'
  | 'template'
  | 'sendAt'
  | 'undoSeconds'
  | 'externalId'
  | 'condition'
  | 'resendOf'
>;

/** What is kept of a request that may have to be written anew: a reminder about several documents that no run keeps. Else null. */
export function askedOf(request: DispatchRequest): Asked | null {
  if (!asksAgain(request) || request.documentIds.length < 2) return null;
  const { companyId: _1, documentIds: _2, to: _3, cc: _4, bcc: _5, channels: _6, ...rest } = request;
  const {
    template: _7,
    sendAt: _8,
    undoSeconds: _9,
    externalId: _10,
    condition: _11,
    resendOf: _12,
    ...asked
  } = rest;
  return asked;
}

/** The same for what is left of its documents. A text for several documents does not fit a single one. */
export function askAgainFor(
  asked: Asked,
  about: { readonly companyId: string; readonly documentIds: readonly string[] },
): DispatchRequest {
  const isOne = about.documentIds.length === 1;
  const templateId = isOne && asked.templateId ? undefined : asked.templateId;
  return { ...asked, ...about, templateId, fileName: undefined, undoSeconds: 0 };
}

/** Whether somebody wrote what it says: such words may be about a document that stays behind. */
export function hasOwnWords({ subject, html, text }: Asked): boolean {
  return (subject ?? html ?? text) !== undefined;
}
