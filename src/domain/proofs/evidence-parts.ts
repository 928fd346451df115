import { X509Certificate } from 'node:crypto';
import { sha256 } from '#base/crypto';
import type { LogProofs } from '#domain/evidence';
import { type ArchiveEntry, certificatesOf, layout, numbered, writeLogProof } from '#formats/proof';
import { certificatePem } from '#stores/keys';
import type { Material } from './gather-material.ts';
import type { ProofDeps } from './proof-deps.ts';

/** A file of the evidence with the part that it plays. */
export interface Part extends ArchiveEntry {
  readonly role: string;
  readonly mediaType: string;
}

const [json, text, pem] = ['application/json', 'text/plain', 'application/x-pem-file'];

/** Each event as it was written, its opened fields, and the proof that the log holds it. */
export function eventParts(
  { events, disclosures }: Material,
  { checkpoint, stamps, paths }: LogProofs,
): Part[] {
  const parts: Part[] = [];
  for (const [at, event] of events.entries()) {
    const n = numbered(event.n);
    parts.push(part(`events/${n}-${event.type}.json`, 'event', json, event.raw));
    const opened = disclosures.get(event.id);
    if (opened) parts.push(part(`disclosures/${n}.json`, 'disclosure', json, JSON.stringify(opened)));
    const path = (paths[at] ?? []).map((hash) => hash.toString('base64'));
    const proof = writeLogProof({ index: (event.logIndex ?? 0) - 1, path, note: checkpoint.note });
    parts.push(part(`log/${n}.tlog-proof`, 'inclusion proof', text, proof));
  }
  parts.push(part(layout.checkpoint, 'checkpoint', text, checkpoint.note));
  for (const [at, stamp] of stamps.entries())
    parts.push(
      part(
        `log/checkpoint-${at + 1}.tsr`,
        'time stamp of the checkpoint',
        'application/timestamp-reply',
        stamp.token,
      ),
    );
  return parts;
}

/** The exact mails, and what the servers said about each attempt. */
export function mailParts({ mails, attempts }: Material): Part[] {
  const sent = [...mails].map(([id, bytes]) => part(`message/${id}.eml`, 'mail', 'message/rfc822', bytes));
  const talks = [...attempts].flatMap(([id, tried]) => {
    if (tried.length === 0) return [];
    const shown = tried.map(({ company_id: _company, fence: _fence, worker: _worker, ...one }) => one);
    return [part(`smtp/${id}.json`, 'conversations', json, `${JSON.stringify(shown, null, 2)}\n`)];
  });
  return [...sent, ...talks];
}

/** What the DNS said when the mails were sent, each under its SHA-256. */
export function dnsParts({ dns }: Material): Part[] {
  return [...dns].map(([hash, raw]) => part(`dns/${hash}.json`, 'answers of the DNS', json, raw));
}

/** The documents as the recipients could see them, and the structured files behind. */
export async function documentParts({ documents, company }: Material, { files }: ProofDeps): Promise<Part[]> {
  const parts: Part[] = [];
  for (const { id, fileName, mediaType, sha256: own, pdfSha256 } of documents) {
    const kept = [
      { hash: own, type: mediaType },
      ...(pdfSha256 === own ? [] : [{ hash: pdfSha256, type: 'application/pdf' }]),
    ];
    for (const { hash, type } of kept) {
      const bytes = await files.get(company.id, hash);
      const extension =
        type === 'application/pdf' ? 'pdf' : (/\.([A-Za-z0-9]{1,5})$/.exec(fileName)?.[1] ?? 'xml');
      if (bytes) parts.push(part(`documents/${id}.${extension}`, 'document', type, bytes));
    }
  }
  return parts;
}

/** What came back, byte for byte: reports, receipts and replies, each named by the event that tells of it. */
export async function inboundParts({ events, company }: Material, { files }: ProofDeps): Promise<Part[]> {
  const parts = new Map<string, Part>();
  for (const { data } of events) {
    const { returnedMail, mailSha256 } = data;
    if (typeof returnedMail !== 'string' || typeof mailSha256 !== 'string') continue;
    const bytes = parts.has(returnedMail) ? null : await files.get(company.id, mailSha256);
    if (bytes)
      parts.set(
        returnedMail,
        part(`inbound/${returnedMail}.eml`, 'mail that came back', 'message/rfc822', bytes),
      );
  }
  return [...parts.values()];
}

/** The documents' pages as pictures, as the customer's page shows them. */
export async function imageParts({ images, company }: Material, { files }: ProofDeps): Promise<Part[]> {
  const parts: Part[] = [];
  for (const [id, pages] of images)
    for (const { page, sha256: hash } of pages) {
      const bytes = await files.get(company.id, hash);
      const name = `pages/${id}-${String(page).padStart(4, '0')}.webp`;
      if (bytes) parts.push(part(name, 'picture of a page of the document', 'image/webp', bytes));
    }
  return parts;
}

/** The customers' pages as they were served, with their pictures. */
export async function pageParts(
  { pages, company, dispatch }: Material,
  { files }: ProofDeps,
): Promise<Part[]> {
  if (dispatch.service !== 'standard') return []; // behind a code, no such page was ever served
  const parts = new Map<string, Part>();
  for (const { id, sha256: hash, logo, images } of pages) {
    const html = await files.get(company.id, hash);
    if (html) parts.set(id, part(`portal/${id}.html`, 'page as it was served', 'text/html', html));
    for (const picture of [...images.map((image) => image.sha256), ...(logo ? [logo] : [])]) {
      const bytes = parts.has(picture) ? null : await files.get(company.id, picture);
      if (bytes)
        parts.set(picture, part(`portal/images/${picture}.png`, 'picture of that page', 'image/png', bytes));
    }
  }
  return [...parts.values()];
}

/** What to check with. The stamps' certificates come with their tokens; openssl wants them in a file. */
export function keyParts({ keys }: ProofDeps, { stamps }: LogProofs): Part[] {
  const chain = new Map(
    stamps
      .flatMap((stamp) => certificatesOf(stamp.token))
      .map((der) => [sha256(der).toString('hex'), new X509Certificate(der).toString()]),
  );
  return [
    part(layout.root, 'root certificate', pem, certificatePem(keys.root)),
    part('certs/seal.pem', 'certificate of the seal', pem, certificatePem(keys.seal.certificate)),
    part(layout.logKeys, 'keys of the log', text, `${keys.logVerifiers.join('\n')}\n`),
    ...(chain.size > 0
      ? [part(layout.stampChain, 'certificates of time stamps', pem, [...chain.values()].join(''))]
      : []),
  ];
}

export function part(name: string, role: string, mediaType: string, bytes: Uint8Array | string): Part {
  return { name, role, mediaType, bytes: typeof bytes === 'string' ? Buffer.from(bytes) : bytes };
}
