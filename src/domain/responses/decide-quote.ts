import { newId } from '#base/ids';
import { dayIn } from '#base/time';
import type { SubmitSettings } from '#domain/dispatch';
import { compareDecimals, noteDecision } from '#domain/documents';
import { record } from '#domain/evidence';
import type { Link } from '#domain/tracking';
import { type About, nameOf, ownMailbox, type RespondTx, readAbout, speakerOf } from './about.ts';
import { keepResponse } from './keep-response.ts';
import { mailNote } from './mail-note.ts';
import type { ReceiptView } from './receipt-view.ts';
import { type CustomerResponse, cleanLine, cleanText, longest } from './response.ts';
import { selectResponses } from './response-table.ts';
import { factOf } from './take-response.ts';

/** A decision as it was posted. */
export interface GivenDecision {
  readonly kind: 'accepted' | 'refused';
  readonly name: string;
  readonly remark: string;
  /** A code was typed and was right. */
  readonly verified: boolean;
}

export type DecisionRefusal = 'not_open' | 'incomplete' | 'decided' | 'expired' | 'code_needed';

/** A decision that may be written, with what its receipt says. */
export interface Decision {
  readonly about: About;
  readonly given: GivenDecision;
  readonly statement: string;
  readonly receipt: ReceiptView;
}

/** Looks whether a quote may be decided like this, and writes down what the receipt will say; changes nothing. */
export async function prepareDecision(
  tx: RespondTx,
  at: { readonly link: Link; readonly documentId: string },
  posted: GivenDecision,
  now: Date,
): Promise<
  | { readonly ok: true; readonly decision: Decision }
  | { readonly ok: false; readonly reason: DecisionRefusal }
> {
  const about = await readAbout(tx, at.link, at.documentId);
  if (about?.document.kind !== 'quote') return { ok: false, reason: 'not_open' };
  const { company, document } = about;
  const given = {
    ...posted,
    name: cleanLine(posted.name, longest.name) || (posted.kind === 'refused' ? recipientOf(about) : ''),
    remark: cleanText(posted.remark).slice(0, 1000),
  };
  if (given.name.length < 2) return { ok: false, reason: 'incomplete' };
  if (await decisionOf(tx, company.id, document.id)) return { ok: false, reason: 'decided' };
  if (given.kind === 'accepted' && isPast(document.dueDate, company.timeZone, now))
    return { ok: false, reason: 'expired' };
  if (needsCode(about) && !given.verified) return { ok: false, reason: 'code_needed' };
  const { t, format, language } = speakerOf(company, at.link.language, now);
  const name = nameOf(t, document);
  const statement = t(`statement.${given.kind}`, { document: name, company: company.name });
  const amount =
    document.total && document.currency ? format.moneyText(document.total, document.currency) : null;
  const rows: ReceiptView['rows'] = [
    [t('document'), name],
    ...(amount ? [[t('amount'), amount] as const] : []),
    [t('file'), document.pdfSha256],
    [t('by'), given.name],
    [t('mailbox'), about.message.address],
    [
      t('when'),
      `${format.longDate(now)}, ${format.exactTime(now)} (${company.timeZone}) · ${now.toISOString()}`,
    ],
    [t('statement'), statement],
    ...(given.remark ? [[t('remark'), given.remark] as const] : []),
    ...(company.quoteTerms ? [[t('terms'), company.quoteTerms] as const] : []),
    [t('proof.title'), t(given.verified ? 'proof.code' : 'proof.link')],
  ];
  const receipt = {
    title: t(`receipt.${given.kind}`, { document: name }),
    company: company.name,
    language,
    rows,
    at: now,
  };
  return { ok: true, decision: { about, given, statement, receipt } };
}

/**
 * Writes a prepared decision with its event and mails the receipt, whose bytes are stored already, to both sides; all in the caller's transaction.
 * False when somebody decided in between: then nothing has happened.
 */
export async function writeDecision(
  tx: RespondTx,
  settings: SubmitSettings,
  { about, given, statement }: Decision,
  receipt: { readonly sha256: string; readonly bytes: number },
  now: Date,
): Promise<boolean> {
  const { company, document, dispatch, message } = about;
  const response: CustomerResponse = {
    id: newId('response', now),
    companyId: company.id,
    dispatchId: dispatch.id,
    messageId: message.id,
    documentId: document.id,
    kind: given.kind,
    name: given.name,
    text: given.remark,
    data: { verified: given.verified, receipt: receipt.sha256 },
    at: now,
  };
  if (!(await keepResponse(tx, response))) return false;
  await noteDecision(tx, company.id, document.id, given.kind);
  const fact = factOf(response, {
    statement,
    terms: company.quoteTerms,
    total: document.total ?? '',
    currency: document.currency ?? '',
    pdfSha256: document.pdfSha256,
    version: document.version,
  });
  await record(tx, [fact, ...(await mailReceipts(tx, settings, about, response, receipt, now))]);
  return true;
}

/** The decision on a quote, if there is one. */
export async function decisionOf(
  tx: RespondTx,
  companyId: string,
  documentId: string,
): Promise<CustomerResponse | null> {
  const all = await selectResponses(tx, companyId, [documentId]);
  return all.find((one) => one.kind === 'accepted' || one.kind === 'refused') ?? null;
}

/** Whether the company asks for a code before this quote is decided. */
export function needsCode({ company, document }: Pick<About, 'company' | 'document'>): boolean {
  const limit = company.decisionCodeAbove;
  if (limit === null) return false;
  return compareDecimals(limit, '0') === 0 || compareDecimals(document.total ?? '0', limit) > 0;
}

/** Whoever declines need not say who it was: then it is the mailbox that was written to. */
function recipientOf({ message }: About): string {
  return message.name || message.address;
}

/** A quote is good until the end of its last day where the company is. */
export function isPast(lastDay: string | null, zone: string, now: Date): boolean {
  return lastDay !== null && lastDay < dayIn(zone, now);
}

async function mailReceipts(
  tx: RespondTx,
  settings: SubmitSettings,
  about: About,
  response: CustomerResponse,
  receipt: { readonly sha256: string; readonly bytes: number },
  now: Date,
) {
  const { company, document, dispatch, message } = about;
  const own = ownMailbox(about);
  const both = [
    {
      to: { role: 'notification' as const, name: message.name, address: message.address },
      language: dispatch.language,
    },
    ...(own
      ? [{ to: { role: 'copy' as const, name: '', address: own }, language: company.language as string }]
      : []),
  ];
  const facts = [];
  for (const { to, language } of both) {
    const { t, format } = speakerOf(company, language, now);
    const name = nameOf(t, document);
    const said = t(`said.${response.kind}`, {
      name: response.name,
      document: name,
      at: format.dateTime(now),
      day: '',
      to: '',
    });
    const title = t(`receipt.${response.kind === 'accepted' ? 'accepted' : 'refused'}`, { document: name });
    const attachment = {
      ...receipt,
      fileName: `${title.replace(/[\\/:*?"<>|]/g, '-')}.pdf`,
      mediaType: 'application/pdf',
    };
    const note = {
      to,
      language,
      subject: title,
      text: [said, response.text, t('receipt.text')].filter(Boolean).join('\n\n'),
      attachments: [attachment],
    };
    facts.push(...(await mailNote(tx, about, note, settings.portalUrl, settings.platformDomain, now)));
  }
  return facts;
}
