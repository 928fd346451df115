import { encodeWords } from '#mail/address';
import { base64Lines } from './base64-lines.ts';
import { oneLine } from './header-text.ts';

/** A file as a finished MIME part, made once and put as it is into the mail of every recipient. */
export type EncodedPart = {
  readonly fileName: string;
  readonly mediaType: string;
  /** Length of the file itself. */
  readonly decodedSize: number;
  /** Headers, empty line and base64 body; ends with CRLF. Relaxed canonicalisation (RFC 6376 §3.4.4) leaves it alone. */
  readonly bytes: Buffer;
};

export type AttachedFile = {
  readonly fileName: string;
  readonly mediaType: string;
  readonly bytes: Uint8Array;
};

// File systems allow 255; what is longer is cut before its ending.
const maxNameCharacters = 200;
const maxPlainName = 60;
const segmentCharacters = 60;
const mediaTypePattern = /^[a-z0-9][a-z0-9!#$&^_.+-]{0,126}\/[a-z0-9][a-z0-9!#$&^_.+-]{0,126}$/;

/**
 * Encodes a file as an attachment. Path separators, controls and writing-direction overrides are taken out of its name;
 * a media type that is malformed, or that must not be base64 (RFC 2046 §5), becomes application/octet-stream.
 */
export function encodeAttachment(file: AttachedFile): EncodedPart {
  return encode(file, 'attachment', '');
}

/** Encodes a picture that the HTML shows as `cid:<contentId>`; the id is made of letters, digits and `.@_-`. */
export function encodeInline(file: AttachedFile & { readonly contentId: string }): EncodedPart {
  if (!/^[\w.@-]{1,200}$/.test(file.contentId)) throw new TypeError('not a content id');
  return encode(file, 'inline', `Content-ID: <${file.contentId}>\r\n`);
}

function encode(file: AttachedFile, disposition: 'attachment' | 'inline', extra: string): EncodedPart {
  const fileName = cleanFileName(file.fileName);
  const mediaType = cleanMediaType(file.mediaType);
  const headers = `Content-Type: ${mediaType};\r\n ${typeName(fileName)}\r\nContent-Disposition: ${disposition};\r\n ${dispositionName(fileName)}\r\n${extra}Content-Transfer-Encoding: base64\r\n\r\n`;
  return {
    fileName,
    mediaType,
    decodedSize: file.bytes.byteLength,
    bytes: base64Lines(file.bytes, headers),
  };
}

/** The name as it may stand in a mail: no path, no character that Windows refuses, never empty. */
export function cleanFileName(name: string): string {
  const clean = oneLine(name)
    .replace(/[\\/:*?"<>|]/g, '_')
    .replace(/[\u200e\u200f\u202a-\u202e\u2066-\u2069]|\p{Cs}/gu, '')
    .trim();
  if (clean.length <= maxNameCharacters) return clean === '' ? 'attachment' : clean;
  const ending = /\.[A-Za-z0-9]{1,10}$/.exec(clean)?.[0] ?? '';
  return clean.slice(0, maxNameCharacters - ending.length).replace(/\p{Cs}$/u, '') + ending;
}

/** A media type in lower case without parameters; application/octet-stream for what is none. */
export function readMediaType(mediaType: string): string {
  const clean = mediaType.trim().toLowerCase();
  return mediaTypePattern.test(clean) ? clean : 'application/octet-stream';
}

function cleanMediaType(mediaType: string): string {
  const clean = readMediaType(mediaType);
  return /^(?:multipart|message)\//.test(clean) ? 'application/octet-stream' : clean;
}

function isPlainName(name: string): boolean {
  return /^[ -~]+$/.test(name) && !name.includes('  ') && !name.includes('=?') && name.length <= maxPlainName;
}

/** For old readers, which look at the Content-Type: encoded words, though RFC 2047 §5 does not allow them there. */
function typeName(name: string): string {
  return isPlainName(name) ? `name="${name}"` : `name="${encodeWords(name).replaceAll(' ', '\r\n ')}"`;
}

// RFC 2231 §3 and §4: percent-encoded UTF-8, in numbered segments when long.
function dispositionName(name: string): string {
  if (isPlainName(name)) return `filename="${name}"`;
  const segments = [''];
  for (const character of name) {
    const encoded = /^[A-Za-z0-9._-]$/.test(character)
      ? character
      : encodeURIComponent(character).replace(/[!'()*~]/, percent);
    const last = segments[segments.length - 1] ?? '';
    if (last.length + encoded.length > segmentCharacters) segments.push(encoded);
    else segments[segments.length - 1] = last + encoded;
  }
  const [only] = segments;
  if (segments.length === 1) return `filename*=UTF-8''${only}`;
  return segments
    .map((text, index) => `filename*${index}*=${index === 0 ? "UTF-8''" : ''}${text}`)
    .join(';\r\n ');
}

function percent(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
}
