import { addressesIn } from './addresses.ts';
import { blankReport, concerning } from './blank-report.ts';
import type { Report } from './report.ts';
import type { ReportMail } from './report-mail.ts';
import { readFields } from './status-fields.ts';

/**
 * A complaint in the Abuse Reporting Format (RFC 5965), or as Outlook.com's junk mail reporting sends it (a copy of the
 * mail with a header that names the recipient). Undefined for all else, and for `not-spam` (RFC 6430).
 */
export function readComplaint(mail: ReportMail): Report | undefined {
  const text = mail.feedbackTexts[0] ?? looseFeedback(mail);
  if (/^true$/i.test(mail.header('x-apple-unsubscribe').trim())) return unsubscribe(mail);
  if (text === undefined) return isOutlookComplaint(mail) ? outlookComplaint(mail) : undefined;
  const feedbackType = (fieldOf(text, 'feedback-type') ?? 'abuse').toLowerCase().slice(0, 60);
  if (feedbackType === 'not-spam') return undefined;
  const named = [...text.matchAll(/^original-rcpt-to:(.{1,500})$/gim)].flatMap(([, value]) =>
    addressesIn(value ?? ''),
  );
  return {
    ...blankReport(mail),
    kind: 'complaint',
    dialect: 'rfc5965',
    feedbackType,
    recipients: [...new Set(named)].slice(0, 500).map(concerning),
  };
}

/** Some mark the part as plain text; the field that the format requires first tells. */
function looseFeedback(mail: ReportMail): string | undefined {
  if (!/report-type="?feedback-report/i.test(mail.header('content-type'))) return undefined;
  const start = mail.lines.findIndex((line) => /^feedback-type\s*:/i.test(line));
  return start < 0 ? '' : mail.lines.slice(start).join('\n');
}

const fieldOf = (text: string, name: string): string | undefined =>
  readFields(text)
    .find((block) => block.has(name))
    ?.get(name)
    ?.trim();

// sendersupport.olc.protection.outlook.com/pm/junkemail: the Junk Mail Reporting Program.
const isOutlookComplaint = (mail: ReportMail): boolean =>
  /^staff@(?:hotmail|outlook|live)\.com$/i.test(mail.fromAddress) &&
  /complaint about message/i.test(mail.subject) &&
  mail.attached.length > 0;

/** iCloud Mail answers to the address of List-Unsubscribe in the recipient's name (RFC 2369 §3.2). */
function unsubscribe(mail: ReportMail): Report {
  return {
    ...blankReport(mail),
    kind: 'complaint',
    dialect: 'icloud_unsubscribe',
    feedbackType: 'opt-out',
    recipients: mail.fromAddress === '' ? [] : [concerning(mail.fromAddress)],
  };
}

function outlookComplaint(mail: ReportMail): Report {
  const header = mail.returnedHeaders.find(({ name }) => /^x-hmxmroriginalrecipient$/i.test(name));
  return {
    ...blankReport(mail),
    kind: 'complaint',
    dialect: 'outlook_jmrp',
    feedbackType: 'abuse',
    recipients: addressesIn(header?.value ?? '').map(concerning),
  };
}
