import { newId } from '#base/ids';
import { isLanguage, makeFormat } from '#base/language';
import { type EvidenceTables, record } from '#domain/evidence';
import { type Attachment, type Letter, type OutboxTables, queueMessages } from '#domain/outbox';
import { htmlFromPlainText, letterHtml, letterText } from '#domain/templates';
import { openLinksOfNotes, type TrackingTables } from '#domain/tracking';
import { domainOf } from '#mail/address';
import type { Tx } from '#stores/database';
import type { RegisteredTables } from './delivery-table.ts';
import { lockUnsentMail, markMailSent, type QueuedMail } from './mail-queue-table.ts';
import type { RegisteredDeps } from './registered-deps.ts';
import { fromAddressOf, fromNameOf, type Told } from './tell-delivery.ts';

/** A reminder or receipt, written and drawn. */
export interface WrittenMail {
  readonly to: string;
  readonly language: string;
  readonly subject: string;
  readonly text: string;
  readonly attachments: readonly Attachment[];
}

type GiveTx = Tx<RegisteredTables & OutboxTables & EvidenceTables & TrackingTables>;

/**
 * Gives a mail about a delivery to the outbox in the transaction that notes it as done: it goes out once, whenever a process dies, and as
 * safely as every other mail. Does nothing where another process was faster.
 */
export async function giveToOutbox(
  tx: GiveTx,
  deps: Pick<RegisteredDeps, 'portalUrl' | 'returnPaths'>,
  of: { readonly told: Told; readonly mail: QueuedMail; readonly written: WrittenMail },
  now: Date,
): Promise<void> {
  const { told, mail, written } = of;
  const { delivery, sender } = told;
  if (!(await lockUnsentMail(tx, mail))) return;
  await markMailSent(tx, mail, now);
  const { platformDomain } = deps.returnPaths;
  const isOwnDomain = sender.method !== 'sandbox' && !told.isNeutral;
  const { messages, facts } = await queueMessages(
    tx,
    {
      letter: letterAbout(deps, told, written, now),
      documentId: delivery.documentIds[0] ?? '',
      senderId: sender.id,
      recipients: [{ role: 'notification', name: '', address: written.to }],
      dueAt: now,
      mailDomain: isOwnDomain ? domainOf(sender.address) : platformDomain,
    },
    now,
  );
  const { companyId, dispatchId, documentIds } = delivery;
  await openLinksOfNotes(
    tx,
    messages.map((message) => message.id),
    { companyId, dispatchId, documentIds, language: written.language },
    now,
  );
  await record(tx, facts);
}

/** The letter of a mail about a delivery; with a `cover` it has the button of the link of whoever gets it. */
export function letterAbout(
  { portalUrl, returnPaths }: Pick<RegisteredDeps, 'portalUrl' | 'returnPaths'>,
  told: Told,
  mail: WrittenMail & { readonly cover?: { readonly title: string; readonly button: string } },
  now: Date,
): Letter {
  const { delivery, company } = told;
  const fromName = fromNameOf(told);
  const language = isLanguage(mail.language) ? mail.language : company.language;
  const { logo, country, timeZone: zone } = company;
  const parts = {
    look: {
      companyName: fromName,
      address: company.address,
      brandColor: company.brandColor,
      logoUrl: logo ? `${portalUrl}/logo/${company.id}/${logo.slice(0, 16)}.png` : null,
    },
    language,
    format: makeFormat({ language, country, zone, now }),
    subject: mail.subject,
    bodyHtml: htmlFromPlainText(mail.text),
    documents: [],
    ...(mail.cover ? { cover: mail.cover } : {}),
    linked: mail.cover !== undefined,
    tracking: 'none' as const,
  };
  return {
    id: newId('letter', now),
    companyId: company.id,
    dispatchId: delivery.dispatchId,
    fromName,
    fromAddress: fromAddressOf(told, returnPaths.platformDomain),
    replyTo: null,
    to: [{ name: '', address: mail.to }],
    cc: [],
    subject: mail.subject,
    html: letterHtml(parts),
    text: letterText(parts),
    language,
    attachments: mail.attachments,
    condition: null,
    // RFC 3834 §5: no answering machine shall answer
    marking: { prefix: '', suffix: '', headers: [{ name: 'Auto-Submitted', value: 'auto-generated' }] },
    createdAt: now,
  };
}
