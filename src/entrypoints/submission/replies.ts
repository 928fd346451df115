import { limitSentence } from '#domain/accounts';
import type { ReceivedMail } from '#domain/intake';

/** A refusal as SMTP says it: code, enhanced code (RFC 3463) and a sentence with a next step. */
export interface Reply {
  readonly code: number;
  readonly text: string;
}

type Refused = Exclude<ReceivedMail, { ok: true }>;

const unreadable: Readonly<Record<string, string>> = {
  empty: 'is empty',
  encrypted: 'is protected by a password; export it without one',
  broken_pdf: 'is damaged; export it again',
  broken_xml: 'is damaged; export it again',
  unsafe_xml: 'declares a document type or entities, which an invoice may not',
  too_big: 'is too big',
  too_many_pages: 'has more than 500 pages',
  took_too_long: 'took too long to read; export it without large drawings',
  unsupported_type: 'is neither a PDF nor an invoice in XML that is known here',
  tnef: 'is in the format of Outlook alone; set it to send mail as HTML or plain text',
};

/** The reply to a mail that is refused. */
export function refusalOf(refused: Refused): Reply {
  switch (refused.reason) {
    case 'unreadable':
      return permanent(
        '5.6.0',
        'This mail is no MIME, or has too many parts. Let the program write it anew.',
      );
    case 'loop':
      return permanent('5.4.6', 'This mail goes in a circle, or answers by itself; it is not sent on.');
    case 'from_missing':
      return permanent('5.7.1', 'The mail has no From address. Set the sender address in your program.');
    case 'from_not_allowed':
      return fromRefused(refused.allowed);
    case 'login_ended':
      return { code: 535, text: '5.7.8 This login has ended. Make a new one in the settings of Envoi.' };
    case 'no_document':
      return permanent(
        '5.6.0',
        'The mail has no document. Attach the invoice or quote as PDF or XML: Envoi sends documents.',
      );
    case 'document_refused':
      return permanent(
        '5.6.1',
        `The attachment ${plain(refused.file)} ${unreadable[refused.why] ?? 'cannot be used as a document'}.`,
      );
    case 'file_refused':
      return permanent(
        '5.6.1',
        `The attachment ${plain(refused.file)} is empty, too big or a program; mail servers would drop it.`,
      );
    case 'not_sendable':
      return notSendable(refused.problems);
  }
}

export function fromRefused(allowed: readonly string[]): Reply {
  const names = allowed.slice(0, 5).map(plain).join(', ');
  return permanent('5.7.1', `This From is not one of yours. Use one of: ${names}, or add a sender in Envoi.`);
}

const problems: Readonly<Record<string, string>> = {
  address_invalid: 'An address of the recipients is not valid',
  too_many_recipients: 'At most 50 recipients for one mail',
  recipient_missing: 'There is nobody to send it to',
  several_customers: 'The documents are of several customers; send them one customer at a time',
  document_incomplete:
    'The document lacks facts; send it as Factur-X, or name number and amount in the subject',
  reminder_settled: 'A document is settled already: nobody is reminded of it',
  document_canceled: 'The document is canceled in Envoi; put it back there first',
  sender_missing: 'There is no sender; connect one in the settings of Envoi',
  sender_broken: 'The sender does not work at present; look at it in the settings of Envoi',
  subject_missing: 'The mail has no subject',
  subject_too_long: 'The subject may have 500 characters at most',
  text_missing: 'The mail has no text',
  text_too_long: 'The text is too long',
  too_big: 'The attachments are too big for a mail',
  nothing_to_see:
    'With neither attachment nor link the recipient would get nothing; change the login in Envoi',
  variable_missing: 'The template needs a fact that is not known',
};

function notSendable(found: readonly { readonly reason: string; readonly value?: string }[]): Reply {
  const first = found[0];
  // RFC 3463 §3.8: X.7.0, a rule of the place and not of the mail.
  if (first?.reason === 'plan_limit') return permanent('5.7.0', limitSentence(first.value));
  const words = problems[first?.reason ?? ''] ?? `It cannot be sent (${first?.reason ?? 'unknown'})`;
  return permanent('5.6.0', `${words}${first?.value ? ` (${plain(first.value)})` : ''}.`);
}

function permanent(enhanced: string, sentence: string): Reply {
  return { code: 554, text: `${enhanced} ${sentence}` };
}

/** Only printable ASCII goes into a reply (RFC 5321 §4.2), and no line end of a stranger. */
function plain(text: string): string {
  return text.replace(/[^\x20-\x7e]/g, '?').slice(0, 100);
}
