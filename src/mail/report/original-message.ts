import type { ReportMail } from './report-mail.ts';

const bracketed = /<([^<>\s]{1,998})>/;

/**
 * Message-ID of the mail that is spoken of, without angle brackets, or null: from the headers returned, from the words
 * of the report, else from what the report says that it answers (RFC 5322 §3.6.4).
 */
export function originalMessageId(mail: ReportMail): string | null {
  const returned = mail.returnedHeaders.find(({ name }) => name.toLowerCase() === 'message-id')?.value;
  return (
    idIn(returned) ??
    idIn(namedInWords(mail)) ??
    mail.inReplyTo ??
    mail.references[mail.references.length - 1] ??
    null
  );
}

function namedInWords(mail: ReportMail): string | undefined {
  const line = mail.lines.find((one) => /^\s{0,20}(?:original-)?message-id:/i.test(one));
  return line?.slice(line.indexOf(':') + 1);
}

function idIn(value: string | undefined): string | undefined {
  if (value === undefined) return undefined;
  const bare = /^\s*([^<>\s]{1,998})\s*$/.exec(value)?.[1];
  return bracketed.exec(value)?.[1] ?? (bare?.includes('@') ? bare : undefined);
}
