import { Readable } from 'node:stream';
import { Busboy, type BusboyInstance } from '@fastify/busboy';

/** A part of a form; a text field has no file name. */
export interface Part {
  readonly name: string;
  readonly fileName: string | null;
  readonly bytes: Uint8Array;
}

export type MultipartRead =
  | { readonly ok: true; readonly parts: readonly Part[] }
  | { readonly ok: false; readonly reason: 'too_large' | 'broken' };

const mostParts = 10; // no call has more than five

/** Reads multipart/form-data (RFC 7578) from a stream. Refuses, and stops reading, what is longer than `mostBytes`, broken or has more than ten parts. */
export function readMultipart(
  body: ReadableStream<Uint8Array> | null,
  contentType: string,
  mostBytes: number,
): Promise<MultipartRead> {
  return new Promise((resolve) => {
    const parser = makeParser(contentType, mostBytes);
    if (!parser || !body) return resolve({ ok: false, reason: 'broken' });
    const stream = Readable.fromWeb(body as Parameters<typeof Readable.fromWeb>[0]);
    const parts: Part[] = [];
    let size = 0;
    const end = (result: MultipartRead): void => {
      resolve(result);
      stream.unpipe(parser);
      stream.destroy();
    };
    const refuse = (reason: 'too_large' | 'broken') => (): void => end({ ok: false, reason });
    stream.on('data', (chunk: Uint8Array) => {
      size += chunk.byteLength;
      if (size > mostBytes) end({ ok: false, reason: 'too_large' });
    });
    parser.on('file', (name, file, fileName) => {
      const chunks: Buffer[] = [];
      file.on('data', (chunk: Buffer) => chunks.push(chunk));
      file.on('end', () => parts.push({ name, fileName: fileName ?? '', bytes: Buffer.concat(chunks) }));
      file.on('error', refuse('broken'));
    });
    parser.on('field', (name, text, isNameCut, isTextCut) => {
      if (isNameCut || isTextCut) end({ ok: false, reason: 'too_large' });
      else parts.push({ name, fileName: null, bytes: Buffer.from(text) });
    });
    parser.on('partsLimit', refuse('broken'));
    parser.on('error', refuse('broken'));
    parser.on('finish', () => end({ ok: true, parts }));
    stream.on('error', refuse('broken'));
    stream.pipe(parser);
  });
}

/** The parser for that boundary, or null where the header names none. */
function makeParser(contentType: string, mostBytes: number): BusboyInstance | null {
  try {
    return new Busboy({
      headers: { 'content-type': contentType },
      limits: {
        parts: mostParts,
        fieldSize: mostBytes,
        fieldNameSize: 200,
        headerPairs: 20,
        headerSize: 8192,
      },
    });
  } catch {
    return null;
  }
}
