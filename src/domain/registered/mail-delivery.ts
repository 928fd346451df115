import { makeFormat } from '#base/language';
import type { Company } from '#domain/accounts';
import { linksOf, linkTokens } from '#domain/tracking';
import { asWorker } from '#stores/database';
import { drawReceipt, type ReceiptKind } from './draw-receipt.ts';
import type { WrittenMail } from './give-to-outbox.ts';
import type { QueuedMail } from './mail-queue-table.ts';
import { type RegisteredDeps, type RegisteredWords, registeredWordsIn } from './registered-deps.ts';
import { saidIn } from './said-decision.ts';
import { type Told, tellOf, toldTo } from './tell-delivery.ts';

/** Writes a queued reminder, or draws a queued receipt and keeps it; null when its delivery is gone with its company: there is nobody to tell. */
export async function writeMail(
  deps: RegisteredDeps,
  mail: QueuedMail,
  now: Date,
): Promise<{ readonly told: Told; readonly written: WrittenMail } | null> {
  const known = await tellOf(deps, mail.message_id);
  if (!known) return null;
  const isToSender = mail.side === 'sender';
  const language = (isToSender ? known.company.language : known.delivery.language) as Company['language'];
  const t = registeredWordsIn(language);
  const told = isToSender ? known : toldTo(known, t);
  const { delivery, company } = told;
  const to = addressOf(told, mail);
  if (mail.kind.startsWith('reminder')) {
    const written = { to, language, attachments: [], ...(await reminderOf(deps, told, t)) };
    return { told, written };
  }
  const kind = mail.kind as ReceiptKind;
  const isDecision = kind === 'accepted' || kind === 'refused';
  const said = isDecision ? await saidIn(deps, delivery.messageId, kind) : null;
  const receipt = await drawReceipt(deps, told, { kind, at: mail.at, said }, language, now);
  const sha256 = await deps.files.put(company.id, receipt);
  const values = {
    what: t(`receipt.${kind}`),
    document: told.document,
    company: company.name,
    address: delivery.address,
    at: `${mail.at.toISOString().slice(0, 16).replace('T', ' ')} UTC`,
  };
  const file = {
    sha256,
    fileName: `receipt-${kind}.pdf`,
    mediaType: 'application/pdf',
    bytes: receipt.length,
  };
  const text = `${t(told.isNeutral ? 'receipt.hidden.text' : 'receipt.text', values)}\n\n${t('law')}`;
  return {
    told,
    written: { to, language, subject: t('receipt.subject', values), text, attachments: [file] },
  };
}

/** The mailbox of a side; the delegate's is that of the one who acted. */
function addressOf({ delivery, delegates }: Told, { side, kind }: QueuedMail): string {
  if (side === 'sender') return delivery.senderEmail;
  const actor = kind === 'opened' ? delivery.handedOverTo : delivery.decidedBy;
  const delegate = side === 'delegate' ? delegates.find((one) => one.linkMessageId === actor) : null;
  return delegate?.address ?? delivery.address;
}

async function reminderOf(deps: RegisteredDeps, told: Told, t: RegisteredWords) {
  const { delivery, company, document } = told;
  const [link] = await asWorker(deps.database, (tx) => linksOf(tx, [delivery.messageId]));
  const { page } = linkTokens(deps.linkKey, delivery.messageId, link?.generation ?? 1);
  const now = delivery.notifiedAt ?? delivery.createdAt;
  const format = makeFormat({ language: t.language, country: company.country, zone: company.timeZone, now });
  const last = new Date((delivery.deadlineAt ?? now).getTime() - 1);
  const values = {
    document,
    company: company.name,
    url: `${deps.portalUrl}/r/${page}`,
    until: format.longDate(last),
  };
  const text = t(told.isNeutral ? 'reminder.hidden.text' : 'reminder.text', values);
  return { subject: t('reminder.subject', values), text: `${text}\n\n${t('law')}` };
}
