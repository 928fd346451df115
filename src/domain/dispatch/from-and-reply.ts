import { type Company, fullName } from '#domain/accounts';
import { platformName, type Sender } from '#domain/senders';
import { sameAddress } from '#mail/address';
import type { DispatchRequest } from './dispatch-request.ts';

/** Under which name it goes out, and where answers go: as asked, else as the sender and its user say; a hidden one under the platform's name. */
export function fromAndReply(
  request: DispatchRequest,
  sender: Sender | null,
  company: Company,
  senderHidden: boolean,
) {
  const { author } = request;
  if (senderHidden) return { fromName: platformName, replyTo: null };
  return {
    fromName: request.fromName?.trim() || fromNameOf(sender, author, company),
    replyTo: request.replyTo === undefined ? replyToOf(sender, author) : request.replyTo || null,
  };
}

/** Mail goes out from the company's own address: it may well be attached, and answers come back there. */
export function isOwn(sender: Sender | null): boolean {
  return sender !== null && sender.method !== 'sandbox' && sender.method !== 'platform';
}

function fromNameOf(sender: Sender | null, author: DispatchRequest['author'], company: Company): string {
  if (sender?.method === 'platform') return sender.name || company.name;
  if (author.actor === 'user') return fullName(author.user) || company.name;
  return sender?.name || company.name;
}

/** Answers come to where the sender says, else to the user who sends or whose program does; null: to the sender's own mailbox. */
function replyToOf(sender: Sender | null, author: DispatchRequest['author']): string | null {
  if (sender?.replyTo && sender.replyToProven) return sender.replyTo;
  return isOwn(sender) && sameAddress(author.user.email, sender?.address ?? '') ? null : author.user.email;
}
