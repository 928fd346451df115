import { newId } from '#base/ids';
import type { Fact } from '#domain/evidence';
import { type Attachment, queueMessages, type Recipient } from '#domain/outbox';
import { chooseSender, codeSenderFor, getSender, type Sender } from '#domain/senders';
import { htmlFromPlainText, type LetterParts, letterHtml, letterText } from '#domain/templates';
import { openLinksOfNotes } from '#domain/tracking';
import { domainOf } from '#mail/address';
import { type About, type RespondTx, speakerOf } from './about.ts';

export interface Note {
  readonly to: Recipient;
  readonly language: string;
  readonly subject: string;
  /** Plain text; an empty line begins a paragraph. */
  readonly text: string;
  readonly attachments?: readonly Attachment[];
  /** It holds a code: it leaves by the installation where that can send, as whoever runs the seller's server could read it (ADR 255). */
  readonly isSecret?: boolean;
}

/**
 * Queues a mail without documents beside a dispatch, from the address that the dispatch went out from: a receipt, a word to the sender, a code (see `isSecret`).
 * Nothing in it is followed. Returns the facts to be recorded; none when there is no sender any more.
 */
export async function mailNote(
  tx: RespondTx,
  about: About,
  note: Note,
  portalUrl: string,
  platformDomain: string,
  now: Date,
): Promise<Fact[]> {
  const { dispatch, document } = about;
  const sender = await senderOf(tx, about, note);
  if (!sender) return [];
  const letter = letterOf(about, note, sender, portalUrl, now);
  const { messages, facts } = await queueMessages(
    tx,
    {
      letter,
      documentId: document.id,
      senderId: sender.id,
      recipients: [note.to],
      dueAt: now,
      mailDomain: sender.method === 'sandbox' ? platformDomain : domainOf(sender.address),
    },
    now,
  );
  const { id: dispatchId, companyId, documentIds } = dispatch;
  await openLinksOfNotes(
    tx,
    messages.map((message) => message.id),
    { companyId, dispatchId, documentIds, language: note.language },
    now,
  );
  return facts;
}

async function senderOf(
  tx: RespondTx,
  { company, dispatch }: About,
  { isSecret }: Note,
): Promise<Sender | null> {
  const own = await usualSenderOf(tx, company.id, dispatch.senderId);
  return own && isSecret ? codeSenderFor(tx, own) : own;
}

async function usualSenderOf(
  tx: RespondTx,
  companyId: string,
  senderId: string | null,
): Promise<Sender | null> {
  const own = senderId ? await getSender(tx, companyId, senderId) : null;
  if (own && !own.deletedAt) return own;
  const chosen = await chooseSender(tx, companyId, { kind: null, userId: null });
  return chosen.ok ? chosen.sender : null;
}

function letterOf(about: About, note: Note, sender: Sender, portalUrl: string, now: Date) {
  const { company, dispatch } = about;
  const { format, language } = speakerOf(company, note.language, now);
  const { logo } = company;
  const parts: LetterParts = {
    look: {
      companyName: company.name,
      address: company.address,
      brandColor: company.brandColor,
      logoUrl: logo ? `${portalUrl}/logo/${company.id}/${logo.slice(0, 16)}.png` : null,
    },
    language,
    format,
    subject: note.subject,
    bodyHtml: htmlFromPlainText(note.text),
    documents: [],
    linked: false,
    tracking: 'none',
  };
  return {
    id: newId('letter', now),
    companyId: company.id,
    dispatchId: dispatch.id,
    fromName: company.name,
    fromAddress: sender.address,
    replyTo: about.letter?.replyTo ?? null,
    to: [{ name: note.to.name, address: note.to.address }],
    cc: [],
    subject: note.subject,
    html: letterHtml(parts),
    text: letterText(parts),
    language,
    attachments: note.attachments ?? [],
    condition: null,
    marking: null,
    createdAt: now,
  };
}
