import type { DispatchRequest } from '#domain/dispatch';
import type { SendForm } from './send-form.ts';

/** The window as it is opened for a message that waits for other words: what it said stands in it, for this send only. */
export function formAnew(asked: DispatchRequest, once: string): SendForm {
  const { documentIds, purpose = 'reminder', senderId, html, text } = asked;
  return {
    ...{ documentIds, purpose, once, replaces: asked.replaces },
    to: listed(asked.to),
    cc: listed(asked.cc),
    bcc: listed(asked.bcc),
    channels: asked.channels,
    ...(senderId ? { senderId, senderIsOwn: true } : {}),
    fromName: asked.fromName,
    language: asked.language,
    templateId: asked.templateId,
    subject: asked.subject,
    ...(html === undefined ? { text } : { html }),
    ...filesOf(asked),
    service: asked.service,
    serviceDays: asked.serviceDays,
    hideSender: asked.hideSender,
    tracking: asked.tracking,
    copyToSender: asked.copyToSender,
    when: 'now',
    sendAt: '',
    anyway: false,
    facts: null,
  };
}

function listed(addresses: readonly string[] = []): string {
  return addresses.join(', ');
}

/** Which files go along and how, where that was said; else it is proposed anew. */
function filesOf({
  documentIds,
  attach,
  link,
  fileType = 'pdf',
  fileIds = [],
}: DispatchRequest): Pick<SendForm, 'attach' | 'ticked'> {
  if (attach === undefined) return fileIds.length > 0 ? { ticked: fileIds } : {};
  const types = fileType === 'both' ? ['pdf', 'xml'] : [fileType];
  const own = attach ? documentIds.flatMap((id) => types.map((type) => `${id}.${type}`)) : [];
  return {
    attach: attach ? (link === false ? 'attachment' : 'both') : 'link',
    ticked: [...own, ...fileIds],
  };
}
