import { findAutoReply } from './auto-reply.ts';
import { blankReport, concerning } from './blank-report.ts';
import { readComplaint } from './complaint.ts';
import type { Notice } from './dialect.ts';
import { allDialects } from './dialects/all-dialects.ts';
import { judge } from './judge.ts';
import { readReceipt } from './read-receipt.ts';
import { cutQuote } from './reply-text.ts';
import type { Report, ReportKind, ReportRecipient } from './report.ts';
import { type ReportLimits, type ReportMail, readReportMail } from './report-mail.ts';
import { isForwardOrReply, isFromMailSystem, saysDelayed } from './report-marks.ts';

const maxRecipients = 500;

/**
 * Reads a mail that came back: what kind it is, of which mail and which recipients it speaks, and what happened to
 * each. Takes the bytes of any mail and bounds on what is looked at; never throws on them. What is no report, no
 * receipt and no answer has the kind `none`.
 * With `isAnswer` the mail came to an address that stood in one mail only: what is nothing else answers that mail.
 */
export async function readReport(
  bytes: Uint8Array,
  limits: Partial<ReportLimits> & { readonly isAnswer?: boolean } = {},
): Promise<Report> {
  const mail = await readReportMail(bytes, limits);
  return (
    readComplaint(mail) ??
    readReceipt(mail) ??
    readDelivery(mail) ??
    readAnswer(mail, limits.isAnswer ?? false)
  );
}

function readDelivery(mail: ReportMail): Report | undefined {
  if (mail.statusTexts.length === 0 && isForwardOrReply(mail) && !isFromMailSystem(mail)) return undefined;
  const delayed = saysDelayed(mail);
  for (const dialect of allDialects) {
    if (!dialect.recognise(mail)) continue;
    const notices = mergeNotices(dialect.read(mail));
    if (notices.length === 0) continue;
    const recipients = notices.map((notice) =>
      judge({ ...notice, action: notice.action ?? (delayed ? 'delayed' : 'failed') }),
    );
    return { ...blankReport(mail), kind: kindOf(recipients), dialect: dialect.name, recipients };
  }
  return undefined;
}

/** One notice per address: the gravest, and of two alike the first. */
function mergeNotices(notices: readonly Notice[]): readonly Notice[] {
  const byAddress = new Map<string, Notice>();
  for (const notice of notices) {
    const key = notice.address.toLowerCase();
    const known = byAddress.get(key);
    if (!known || gravity(notice) > gravity(known)) byAddress.set(key, notice);
    if (byAddress.size >= maxRecipients) break;
  }
  return [...byAddress.values()];
}

const gravity = ({ action = 'failed' }: Notice): number =>
  action === 'failed' ? 2 : action === 'delayed' ? 1 : 0;

function kindOf(recipients: readonly ReportRecipient[]): ReportKind {
  if (recipients.some(({ action }) => action === 'failed')) return 'bounce';
  return recipients.some(({ action }) => action === 'delayed') ? 'delay' : 'delivered';
}

function readAnswer(mail: ReportMail, isAnswer: boolean): Report {
  const report = blankReport(mail);
  const auto = findAutoReply(mail);
  if (auto)
    return {
      ...report,
      kind: 'auto_reply',
      recipients: answering(mail),
      text: cutQuote(mail.text),
      absentUntil: auto.absentUntil,
    };
  const answers =
    isAnswer ||
    mail.inReplyTo !== undefined ||
    mail.references.length > 0 ||
    isForwardOrReply(mail) === 'reply';
  const byMachine = mail.header('list-id') !== '' || /^auto-/i.test(mail.header('auto-submitted').trim());
  const isMachine = byMachine || isFromMailSystem(mail);
  if (!answers || (isMachine && !isAnswer)) return report;
  return {
    ...report,
    kind: isMachine ? 'auto_reply' : 'reply',
    recipients: answering(mail),
    text: cutQuote(mail.text),
  };
}

/** The one who answers is the recipient of whom this mail tells something. */
function answering(mail: ReportMail): readonly ReportRecipient[] {
  return mail.fromAddress === '' ? [] : [concerning(mail.fromAddress)];
}
