import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { openSecret, sealSecret } from '#base/crypto';
import { type Document, getDocuments, getExtraFiles, readPdf } from '#domain/documents';
import { asWorker, inCompany } from '#stores/database';
import type { Delivery, SealedContent } from './delivery.ts';
import { lockDelivery, updateDelivery } from './delivery-table.ts';
import type { RegisteredDeps } from './registered-deps.ts';

const nonceBytes = 12;
const tagBytes = 16;

/**
 * Keeps the documents and extra files of a delivery as they are now, encrypted (AES-256-GCM) with a key of this delivery alone, which is itself sealed with
 * the installation's. Does nothing for one that is sealed, and for one whose documents are gone.
 */
export async function sealContent(deps: RegisteredDeps, delivery: Delivery): Promise<Delivery> {
  if (delivery.content) return delivery;
  const { companyId, messageId } = delivery;
  const key = randomBytes(32);
  const content: SealedContent[] = [];
  for (const { id, fileName, sha256, bytes } of await partsOf(deps, delivery)) {
    const sealed = encrypt(key, `${messageId} ${id}`, bytes);
    const sealedSha256 = await deps.files.put(companyId, sealed);
    content.push({ documentId: id, fileName, bytes: bytes.length, sha256, sealedSha256 });
  }
  const contentKey = sealSecret(deps.key, purposeOf(messageId), key.toString('base64'));
  return asWorker(deps.database, async (tx) => {
    const now = await lockDelivery(tx, messageId);
    if (!now || now.content || content.length === 0) return now ?? delivery;
    await updateDelivery(tx, messageId, { content: JSON.stringify(content), content_key: contentKey });
    return { ...now, content, contentKey };
  });
}

interface Part {
  readonly id: string;
  readonly fileName: string;
  readonly sha256: string;
  readonly bytes: Buffer;
}

/** What is sealed: the documents in their order, then what goes along. */
async function partsOf(deps: RegisteredDeps, { companyId, documentIds, fileIds }: Delivery): Promise<Part[]> {
  const { documents, extra } = await inCompany(deps.database, companyId, async (tx) => ({
    documents: await getDocuments(tx, companyId, documentIds),
    extra: await getExtraFiles(tx, companyId, fileIds),
  }));
  const parts: Part[] = [];
  for (const id of documentIds) {
    const document = documents.find((one) => one.id === id);
    if (document)
      parts.push({
        id,
        fileName: nameOf(document),
        sha256: document.pdfSha256,
        bytes: await readPdf(deps.files, document),
      });
  }
  for (const { id, fileName, sha256 } of documents.length > 0 ? extra : []) {
    const bytes = await deps.files.get(companyId, sha256);
    if (!bytes) throw new Error(`The file ${sha256} of ${id} is missing in the files store.`);
    parts.push({ id, fileName, sha256, bytes });
  }
  return parts;
}

function nameOf({ number }: Document): string {
  return `${(number ?? 'document').replace(/[^\p{L}\p{N}._-]+/gu, '-')}.pdf`;
}

/** The bytes of one document or file of a delivery; null when it has none such, or its key was erased. Throws when they were changed. */
export async function openContent(
  deps: Pick<RegisteredDeps, 'files' | 'key'>,
  delivery: Delivery,
  documentId: string,
): Promise<Buffer | null> {
  const part = delivery.content?.find((one) => one.documentId === documentId);
  if (!part || !delivery.contentKey) return null;
  const sealed = await deps.files.get(delivery.companyId, part.sealedSha256);
  if (!sealed) return null;
  const key = Buffer.from(openSecret(deps.key, purposeOf(delivery.messageId), delivery.contentKey), 'base64');
  return decrypt(key, `${delivery.messageId} ${documentId}`, sealed);
}

function purposeOf(messageId: string): string {
  return `delivery ${messageId}`;
}

function encrypt(key: Buffer, bound: string, bytes: Uint8Array): Buffer {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  cipher.setAAD(Buffer.from(bound));
  const body = Buffer.concat([cipher.update(bytes), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), body]);
}

function decrypt(key: Buffer, bound: string, sealed: Buffer): Buffer {
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, nonceBytes));
  decipher.setAAD(Buffer.from(bound));
  decipher.setAuthTag(sealed.subarray(nonceBytes, nonceBytes + tagBytes));
  return Buffer.concat([decipher.update(sealed.subarray(nonceBytes + tagBytes)), decipher.final()]);
}
