import { sha256 } from '#base/crypto';
import { makeHouseMark, type Outbox } from '#domain/outbox';
import type { Sender } from '#domain/senders';
import { domainOf } from '#mail/address';
import { signMailInThread } from '#mail/dkim';
import { composeMail, encodeAttachment, type Mail, type MailHeaders, passOnMail } from '#mail/mime';
import type { HouseMail, ReplyContent, WrittenContent } from './house-mail.ts';
import { passedHeader } from './pass-on-reply.ts';

/** A finished mail and what a server must offer for it. */
export interface ComposedHouseMail {
  readonly mail: Mail;
  readonly needs8bit: boolean;
}

type Needs = Pick<Outbox, 'files' | 'signers' | 'returnPaths'>;

/** What it is made with, beside its content. */
export interface HouseFrame {
  readonly sender: Sender;
  /** Hash of the log's newest checkpoint, or null. */
  readonly checkpoint: Buffer | null;
  readonly now: Date;
}

/** Makes the mail, signed by the keys of its sender. The same Message-ID at every try, so that a second copy is known as one. */
export async function composeHouseMail(
  needs: Needs,
  mail: HouseMail,
  frame: HouseFrame,
): Promise<ComposedHouseMail> {
  const { content } = mail;
  if (!content) throw new Error(`The house mail ${mail.id} has no content.`);
  const composed =
    content.kind === 'reply'
      ? await replyMail(needs, mail, content, frame)
      : { mail: writtenMail(mail, content, frame), needs8bit: false };
  let signed = composed.mail;
  for (const signer of await needs.signers(frame.sender, frame.now))
    signed = await signMailInThread(signed, signer);
  return { mail: signed, needs8bit: composed.needs8bit };
}

function headersOf(mail: HouseMail, { sender, now }: HouseFrame) {
  return {
    to: [{ name: '', address: mail.address }],
    messageId: `${mail.id.toLowerCase()}@${domainOf(sender.address)}`,
    date: now,
  };
}

function writtenMail(mail: HouseMail, { subject, text, html }: WrittenContent, frame: HouseFrame): Mail {
  const { checkpoint } = frame;
  return composeMail({
    headers: {
      ...headersOf(mail, frame),
      from: { name: 'Envoi', address: frame.sender.address },
      subject,
      extra: [
        { name: 'Auto-Submitted', value: 'auto-generated' }, // RFC 3834 §5: no answering machine shall answer
        ...(checkpoint ? [{ name: 'X-Envoi-Checkpoint', value: checkpoint.toString('base64url') }] : []),
      ],
    },
    text,
    html,
    attachments: [],
  });
}

/**
 * A customer's answer from our own address: what his own domain says of mail from him (DMARC, RFC 7489) would be untrue of this one.
 * His name stays in From, his address is where answers go.
 */
async function replyMail(
  { files, returnPaths }: Needs,
  mail: HouseMail,
  content: ReplyContent,
  frame: HouseFrame,
): Promise<ComposedHouseMail> {
  const original = await files.get(mail.companyId, content.sha256);
  if (!original) throw new Error(`The answer ${content.sha256} is missing in the files store.`);
  const headers: MailHeaders = {
    ...headersOf(mail, frame),
    from: { name: content.name || content.address, address: frame.sender.address },
    replyTo: { name: content.name, address: content.address },
    subject: content.subject,
    references: content.references,
    extra: [{ name: passedHeader, value: makeHouseMark(returnPaths.key, mail.messageId ?? '') }],
  };
  // A server that takes 7-bit mails only gets it as a file.
  if (mail.problem === 'eightbit_not_offered') return { mail: enclosed(headers, original), needs8bit: false };
  return passOnMail(original, headers);
}

function enclosed(headers: MailHeaders, original: Uint8Array): Mail {
  const name = `${sha256(original).toString('hex').slice(0, 12)}.eml`;
  const file = { fileName: name, mediaType: 'application/octet-stream', bytes: Buffer.from(original) };
  return composeMail({ headers, text: headers.subject, attachments: [encodeAttachment(file)] });
}
