import { formatAddress, type Mailbox, needsSmtpUtf8 } from '#mail/address';
import { listHeader, oneLine, textHeader } from './header-text.ts';

export type MailHeaders = {
  readonly from: Mailbox;
  readonly to: readonly Mailbox[];
  readonly cc?: readonly Mailbox[];
  /** Only for a copy that stays with the sender: what leaves must never have it. */
  readonly bcc?: readonly Mailbox[];
  readonly replyTo?: Mailbox | null;
  readonly subject: string;
  /** `id@domain`, with or without its brackets. */
  readonly messageId: string;
  readonly date: Date;
  readonly inReplyTo?: string | null;
  readonly references?: readonly string[];
  /** Further headers in order, for example List-Unsubscribe; none of those above and none about MIME. */
  readonly extra?: readonly { readonly name: string; readonly value: string }[];
};

const ownHeaders =
  /^(?:from|to|cc|bcc|reply-to|subject|date|message-id|in-reply-to|references|mime-version|content-.*|dkim-signature)$/i;

/**
 * Writes the headers of a mail in a fixed order, each line folded and ended by CRLF. Line ends and controls in values
 * become blanks. Throws on an address or id that is none, and on an extra header that is ours or has no proper name.
 */
export function writeHeaders(headers: MailHeaders): string {
  const { from, to, cc = [], bcc = [], replyTo, references = [], extra = [] } = headers;
  let text = listHeader('From', [mailbox(from)], ',');
  if (to.length > 0) text += listHeader('To', to.map(mailbox), ',');
  // RFC 5322 §3.6 wants no destination at all; an empty group is what readers and filters are used to.
  else if (cc.length === 0) text += 'To: undisclosed-recipients:;\r\n';
  if (cc.length > 0) text += listHeader('Cc', cc.map(mailbox), ',');
  if (bcc.length > 0) text += listHeader('Bcc', bcc.map(mailbox), ',');
  if (replyTo) text += listHeader('Reply-To', [mailbox(replyTo)], ',');
  text += textHeader('Subject', headers.subject);
  text += `Date: ${mailDate(headers.date)}\r\nMessage-ID: ${messageId(headers.messageId)}\r\n`;
  if (headers.inReplyTo) text += listHeader('In-Reply-To', [messageId(headers.inReplyTo)], '');
  if (references.length > 0) text += listHeader('References', references.map(messageId), '');
  for (const { name, value } of extra) text += extraHeader(name, value);
  return `${text}MIME-Version: 1.0\r\n`;
}

/** Tells whether the headers will have UTF-8 in them, because of an address outside ASCII. */
export function headersNeedSmtpUtf8({ from, to, cc = [], replyTo }: MailHeaders): boolean {
  const foreign = (box: Mailbox): boolean => needsSmtpUtf8(box.address);
  return foreign(from) || to.some(foreign) || cc.some(foreign) || (replyTo ? foreign(replyTo) : false);
}

/** RFC 5322 §3.3, always in UTC: `Wed, 01 Jan 2025 10:00:00 +0000`. */
export function mailDate(date: Date): string {
  return date.toUTCString().replace('GMT', '+0000');
}

function mailbox({ name, address }: Mailbox): string {
  return formatAddress(name, address);
}

// RFC 5322 §3.6.4, without its obsolete forms.
function messageId(id: string): string {
  const bare = id.replace(/^<|>$/g, '');
  if (!/^[!-;=?-~]{1,500}$/.test(bare) || !/[^@]@[^@]/.test(bare)) throw new TypeError('not a message id');
  return `<${bare}>`;
}

function extraHeader(name: string, value: string): string {
  // RFC 5322 §3.6.8: printable ASCII without the colon.
  if (!/^[!-9;-~]{1,70}$/.test(name) || ownHeaders.test(name))
    throw new TypeError('not a name for an extra header');
  return textHeader(name, oneLine(value));
}
