import type { Context } from 'hono';

export interface SentFile {
  readonly bytes: Buffer;
  readonly mediaType: string;
  readonly fileName: string;
}

/** The part of a file that a request wants; the whole where the header is absent or not for us to follow (RFC 9110 §14.2). */
export type Wanted =
  | { readonly kind: 'whole' }
  | { readonly kind: 'part'; readonly from: number; readonly to: number }
  | { readonly kind: 'unsatisfiable' };

/** Reads a Range header for a file of `size` bytes: one range only, several are answered with the whole. */
export function wantedPart(range: string | undefined, size: number): Wanted {
  const found = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(range?.trim() ?? '');
  if (!found || (found[1] === '' && found[2] === '')) return { kind: 'whole' };
  const last = size - 1;
  const [from, to] =
    found[1] === ''
      ? [Math.max(0, size - Number(found[2])), last]
      : [Number(found[1]), found[2] === '' ? last : Math.min(last, Number(found[2]))];
  if (found[1] !== '' && found[2] !== '' && Number(found[2]) < Number(found[1])) return { kind: 'whole' };
  return from > last || from > to ? { kind: 'unsatisfiable' } : { kind: 'part', from, to };
}

/** Answers with a file to be saved, or the part of it that was asked for; a HEAD gets the headers. */
export function sendFile(c: Context, file: SentFile): Response {
  const size = file.bytes.length;
  const wanted = wantedPart(c.req.header('range'), size);
  c.header('Accept-Ranges', 'bytes');
  if (wanted.kind === 'unsatisfiable') {
    c.header('Content-Range', `bytes */${size}`);
    return c.body(null, 416);
  }
  c.header('Content-Type', file.mediaType);
  c.header('Content-Disposition', contentDisposition(file.fileName));
  if (wanted.kind === 'whole') return send(c, file.bytes, 200);
  c.header('Content-Range', `bytes ${wanted.from}-${wanted.to}/${size}`);
  return send(c, file.bytes.subarray(wanted.from, wanted.to + 1), 206);
}

/** `attachment` with a name that no header can be broken out of: plain ASCII, and the true one encoded (RFC 6266 §4.3). */
export function contentDisposition(fileName: string): string {
  const plain = fileName.normalize('NFKD').replace(/[^\x20-\x7e]|["\\%/]/g, '_');
  const exact = encodeURIComponent(Buffer.from(fileName).toString()).replace(
    /['()*]/g,
    (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${plain}"; filename*=UTF-8''${exact}`;
}

function send(c: Context, bytes: Buffer, status: 200 | 206): Response {
  c.header('Content-Length', String(bytes.length));
  return c.req.method === 'HEAD' ? c.body(null, status) : c.body(new Uint8Array(bytes), status);
}
