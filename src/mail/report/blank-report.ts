import { originalMessageId } from './original-message.ts';
import type { Report, ReportRecipient } from './report.ts';
import type { ReportMail } from './report-mail.ts';

const maxReferences = 50; // threads are trimmed by programs at some 20 to 100

/** A report that says nothing yet, but of which mail. */
export function blankReport(mail: ReportMail): Report {
  return {
    kind: 'none',
    dialect: null,
    originalMessageId: originalMessageId(mail),
    originalHeaders: mail.returnedHeaders,
    recipients: [],
    feedbackType: null,
    disposition: null,
    text: null,
    absentUntil: null,
    origin: {
      from: { name: mail.fromName, address: mail.fromAddress },
      subject: mail.subject,
      messageId: mail.messageId ?? null,
      references: [...mail.references, ...(mail.inReplyTo ? [mail.inReplyTo] : [])].slice(-maxReferences),
    },
  };
}

/** A recipient of whom is told, without a word on delivery. */
export function concerning(address: string): ReportRecipient {
  return {
    address,
    action: null,
    status: null,
    smtpCode: null,
    class: null,
    permanent: false,
    diagnostic: null,
  };
}
