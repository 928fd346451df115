import { type LinkUrls, withLinks } from '#domain/templates';
import { type DkimSigner, signMailInThread } from '#mail/dkim';
import {
  composeMail as compose,
  type EncodedPart,
  encodeAttachment,
  type Mail,
  mailChunks,
  mailSha256,
  mailSize,
} from '#mail/mime';
import type { FileStore } from '#stores/files';
import type { Letter } from './letter-table.ts';
import { openMail } from './mail-seal.ts';
import type { ArchivedMail } from './mail-table.ts';
import type { Message } from './message.ts';
import { markHeader } from './message-mark.ts';
import type { Attachment } from './outbox-tables.ts';

/** A finished mail: what is sent, and what is archived. */
export interface FinishedMail {
  readonly chunks: readonly Buffer[];
  readonly size: number;
  readonly needsSmtpUtf8: boolean;
  readonly archived: ArchivedMail;
}

/** Gives encoded attachments, each encoded once and kept while there is room. */
export type EncodedParts = (
  companyId: string,
  attachment: Pick<Attachment, 'sha256' | 'fileName' | 'mediaType'>,
) => Promise<EncodedPart>;

/** Carries the hash of the log's newest checkpoint; where the mail is DKIM-signed, so is this. The size of the log stays private. */
const checkpointHeader = 'X-Envoi-Checkpoint';

/** What the mail of one recipient is made of. */
export interface Composition {
  readonly message: Message;
  readonly letter: Letter;
  readonly links: LinkUrls;
  /** Where answers go: the letter's own word, or the address at which this recipient's are taken. */
  readonly replyTo: string | null;
  /** The value of our own header, by which a returned mail names its message. */
  readonly mark: string;
  /** Hash of the log's newest checkpoint, or null. */
  readonly checkpoint: Buffer | null;
  readonly signers: readonly DkimSigner[];
}

/**
 * Makes the mail of one recipient from the letter that he shares with the others: the same To and Cc headers (or himself alone), his own links,
 * Message-ID, mark and pixel; signed by each of the signers. Throws when an attachment is missing in the files store.
 */
export async function composeMail(
  parts: EncodedParts,
  { message, letter, links, replyTo, mark, checkpoint, signers }: Composition,
  now: Date,
): Promise<FinishedMail> {
  const attachments = await Promise.all(letter.attachments.map((one) => parts(letter.companyId, one)));
  let mail = compose({
    headers: {
      from: { name: letter.fromName, address: letter.fromAddress },
      to: marked(namedTo(letter, message), letter.marking),
      cc: marked(letter.cc, letter.marking),
      replyTo: replyTo ? { name: '', address: replyTo } : null,
      subject: `${letter.marking?.prefix ?? ''}${letter.subject}`,
      messageId: message.internetId,
      date: now,
      extra: [
        ...(letter.marking?.headers ?? []),
        { name: markHeader, value: mark },
        ...(checkpoint ? [{ name: checkpointHeader, value: checkpoint.toString('base64url') }] : []),
      ],
    },
    text: withLinks(letter.text, links),
    html: withLinks(letter.html, links),
    attachments,
  });
  for (const signer of signers) mail = await signMailInThread(mail, signer);
  return finished(mail, message, letter.attachments, now);
}

/** Whom the mail names: everybody in To, or where each has a record of his own, its recipient. The sender's copy shows everybody. */
function namedTo({ eachAlone, to }: Letter, { role, name, address }: Composition['message']): Letter['to'] {
  return eachAlone && role !== 'copy' ? [{ name, address }] : to;
}

/** Addresses with the ending by which a mail goes through an outside provider. */
function marked(addresses: Letter['to'], marking: Letter['marking']): Letter['to'] {
  return addresses.map(({ name, address }) => ({ name, address: `${address}${marking?.suffix ?? ''}` }));
}

/** Puts an archived mail together again, byte for byte. Throws when the bytes are not those that were sent. */
export async function restoreMail(
  { parts, files }: { readonly parts: EncodedParts; readonly files: Pick<FileStore, 'seal'> },
  archived: ArchivedMail,
): Promise<FinishedMail> {
  const head = openMail(files, archived);
  const encoded = await Promise.all(archived.parts.map((one) => parts(archived.company_id, one)));
  const mail = { head, parts: encoded, tail: archived.tail };
  if (mailSha256(mail).toString('hex') !== archived.sha256) {
    throw new Error(`The archived mail of ${archived.message_id} is not what was sent.`);
  }
  return {
    chunks: mailChunks(mail),
    size: archived.bytes,
    needsSmtpUtf8: isNotAscii(head),
    archived,
  };
}

/** Encodes attachments from the files store; the least recently used leave when `maximumBytes` are reached. */
export function encodedParts(files: FileStore, maximumBytes: number): EncodedParts {
  const kept = new Map<string, Promise<EncodedPart>>();
  let bytes = 0;
  const load = async (
    companyId: string,
    one: Pick<Attachment, 'sha256' | 'fileName' | 'mediaType'>,
  ): Promise<EncodedPart> => {
    const content = await files.get(companyId, one.sha256);
    if (!content) throw new Error(`The file ${one.sha256} is missing in the files store.`);
    return encodeAttachment({ fileName: one.fileName, mediaType: one.mediaType, bytes: content });
  };
  return async (companyId, one) => {
    const key = [companyId, one.sha256, one.fileName, one.mediaType].join('\n');
    const known = kept.get(key);
    if (known) {
      kept.delete(key);
      kept.set(key, known);
      return known;
    }
    const loading = load(companyId, one);
    kept.set(key, loading);
    loading.catch(() => kept.delete(key));
    const part = await loading;
    bytes += part.bytes.length;
    for (const [oldest, old] of kept) {
      if (bytes <= maximumBytes || oldest === key) break;
      kept.delete(oldest);
      bytes -= (await old).bytes.length;
    }
    return part;
  };
}

function finished(mail: Mail, message: Message, attachments: readonly Attachment[], now: Date): FinishedMail {
  const size = mailSize(mail);
  return {
    chunks: mailChunks(mail),
    size,
    needsSmtpUtf8: mail.needsSmtpUtf8,
    archived: {
      message_id: message.id,
      company_id: message.companyId,
      head: mail.head,
      parts: attachments.map(({ sha256: hash, fileName, mediaType }) => ({
        sha256: hash,
        fileName,
        mediaType,
      })),
      tail: mail.tail,
      bytes: size,
      sha256: mailSha256(mail).toString('hex'),
      created_at: now,
      sealed: false,
    },
  };
}

function isNotAscii(bytes: Buffer): boolean {
  return bytes.some((byte) => byte > 127);
}
