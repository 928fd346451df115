import { newId } from '#base/ids';
import { makeFormat } from '#base/language';
import type { Company } from '#domain/accounts';
import { linksOf, linkTokens } from '#domain/tracking';
import { domainOf, normaliseAddress } from '#mail/address';
import { signMailInThread } from '#mail/dkim';
import { composeMail, mailChunks } from '#mail/mime';
import { asWorker } from '#stores/database';
import { type Held, holderAddress } from './delegate.ts';
import { drawReceipt, type ReceiptKind } from './draw-receipt.ts';
import type { WrittenMail } from './give-to-outbox.ts';
import type { QueuedMail } from './mail-queue-table.ts';
import { type RegisteredDeps, type RegisteredWords, registeredWordsIn } from './registered-deps.ts';
import { fromAddressOf, fromNameOf, type Told, tellOf, toldTo } from './tell-delivery.ts';
import { sendTextMessage } from './text-message.ts';

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
  const receipt = await drawReceipt(deps, told, { kind, at: mail.at }, language, now);
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

/** Mails a code to the mailbox that the link went to: the recipient's or a delegate's. False when it could not go out. */
export async function mailCode(deps: RegisteredDeps, held: Held, code: string, now: Date): Promise<boolean> {
  const known = await tellOf(deps, held.delivery.messageId);
  if (!known) return false;
  const t = registeredWordsIn(known.delivery.language as Company['language']);
  const told = toldTo(known, t);
  const values = { code, document: told.document, company: told.company.name };
  const mail = {
    to: holderAddress(held),
    subject: t('code.subject', values),
    text: t(told.isNeutral ? 'code.hidden.text' : 'code.text', values),
  };
  return sendMail(deps, told, mail, now);
}

/** Sends a code to a mobile number. False when the gateway did not take it; why is in the log, without number and code. */
export async function textCode(
  deps: RegisteredDeps,
  { delivery: { messageId } }: Held,
  mobile: string,
  code: string,
): Promise<boolean> {
  const known = await tellOf(deps, messageId);
  if (!known || !deps.texts) return false;
  const t = registeredWordsIn(known.delivery.language as Company['language']);
  const { document } = toldTo(known, t);
  try {
    await sendTextMessage(deps.texts, mobile, t('code.sms', { code, document }));
    return true;
  } catch (err) {
    deps.log.error({ err, messageId }, 'a code could not be sent as a text message');
    return false;
  }
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

interface PlainMail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
}

/** Straight to the sender's server: a code must not rest anywhere, and the queue of mails has none. */
async function sendMail(deps: RegisteredDeps, told: Told, mail: PlainMail, now: Date): Promise<boolean> {
  const id = newId('message', now);
  const { sender } = told;
  const address = fromAddressOf(told, deps.returnPaths.platformDomain);
  const { to, subject, text } = mail;
  let composed = composeMail({
    headers: {
      from: { name: fromNameOf(told), address },
      to: [{ name: '', address: to }],
      subject,
      messageId: `${id.toLowerCase()}@${domainOf(address)}`,
      date: now,
      extra: [{ name: 'Auto-Submitted', value: 'auto-generated' }], // RFC 3834 §5
    },
    text,
    attachments: [],
  });
  for (const signer of await deps.signers(sender, now)) composed = await signMailInThread(composed, signer);
  const chunks = mailChunks(composed);
  const delivery = await deps.transports.for(sender).deliver(
    {
      sender,
      messageId: id,
      envelope: { from: normaliseAddress(address), to: normaliseAddress(to) },
      chunks,
      size: chunks.reduce((sum, chunk) => sum + chunk.length, 0),
      needsSmtpUtf8: composed.needsSmtpUtf8,
      needs8bit: composed.needsSmtpUtf8,
      noLeadingDots: true,
    },
    { beforeDot: () => Promise.resolve() },
  );
  return delivery.kind === 'accepted';
}
