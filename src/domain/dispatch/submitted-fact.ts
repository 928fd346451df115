import type { Fact } from '#domain/evidence';
import type { Dispatch } from './dispatch.ts';
import type { DispatchRequest } from './dispatch-request.ts';
import type { Draft } from './draft.ts';

/** The event of a dispatch that was submitted: what was sent, by whom, how, to whom. */
export function submittedFact(draft: Draft, dispatch: Dispatch, request: DispatchRequest, at: Date): Fact {
  return {
    type: 'dispatch.submitted',
    companyId: dispatch.companyId,
    dispatchId: dispatch.id,
    documentId: dispatch.documentIds[0],
    at,
    actor: request.author.actor,
    data: {
      purpose: dispatch.purpose,
      service: dispatch.service,
      origin: dispatch.origin,
      by: request.author.id,
      senderId: dispatch.senderId,
      senderReason: dispatch.senderReason,
      documents: draft.documents.map(({ id, version, pdfSha256, sha256 }) => ({
        id,
        version,
        sha256,
        pdfSha256,
      })),
      attach: dispatch.attach,
      link: dispatch.link,
      tracking: dispatch.tracking,
      channels: dispatch.channels,
      language: dispatch.language,
      template: draft.template ? { id: draft.template.id, version: draft.template.version } : null,
    },
    personal: {
      byName: dispatch.createdByName,
      from: draft.sender?.address ?? '',
      subject: dispatch.subject,
      ...(dispatch.channels.includes('network') ? { partner: draft.partner?.companyName ?? '' } : {}),
      recipients: draft.addressees.map(({ role, address }) => ({ role, address })),
    },
  };
}
