import { blankReport, concerning } from './blank-report.ts';
import type { Report } from './report.ts';
import type { ReportMail } from './report-mail.ts';
import { readFields, readTypedAddress } from './status-fields.ts';

/**
 * A receipt that the recipient's mail program returned (RFC 8098). It says what that program did with the mail
 * (displayed it, deleted it unread …), which is not the same as that it was read. Undefined for all else.
 */
export function readReceipt(mail: ReportMail): Report | undefined {
  const block = mail.dispositionTexts.flatMap(readFields).find((fields) => fields.has('disposition'));
  if (!block) return undefined;
  const address =
    readTypedAddress(block.get('original-recipient')) ?? readTypedAddress(block.get('final-recipient'));
  const disposition = block.get('disposition') ?? '';
  const report = blankReport(mail);
  const id = /<([^<>\s]{1,998})>/.exec(block.get('original-message-id') ?? '')?.[1];
  return {
    ...report,
    kind: 'read_receipt',
    dialect: 'rfc8098',
    originalMessageId: id ?? report.originalMessageId,
    recipients: address === undefined ? [] : [concerning(address)],
    disposition: {
      type: /;\s*([a-z-]{1,40})/i.exec(disposition)?.[1]?.toLowerCase() ?? 'unknown',
      byHand: /^\s*manual-action/i.test(disposition),
    },
  };
}
