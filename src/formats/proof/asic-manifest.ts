import { fromBase64, readText } from './bytes.ts';

/** A file that a manifest vouches for by its SHA-256. */
export interface Reference {
  readonly name: string;
  readonly sha256: Uint8Array;
}

/** The manifest of an ASiC-E container with CAdES (EN 319 162-1 annex A.4): which file signs, and which files it signs. */
export function writeAsicManifest(
  signatureFile: string,
  mediaType: string,
  references: readonly Reference[],
): string {
  const rows = references.map(
    ({ name, sha256 }) =>
      `<asic:DataObjectReference URI="${name}"><ds:DigestMethod Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"/>` +
      `<ds:DigestValue>${toBase64(sha256)}</ds:DigestValue></asic:DataObjectReference>\n`,
  );
  return (
    '<?xml version="1.0" encoding="UTF-8"?>\n' +
    '<asic:ASiCManifest xmlns:asic="http://uri.etsi.org/02918/v1.2.1#" xmlns:ds="http://www.w3.org/2000/09/xmldsig#">\n' +
    `<asic:SigReference URI="${signatureFile}" MimeType="${mediaType}"/>\n${rows.join('')}</asic:ASiCManifest>\n`
  );
}

/** Reads a manifest that `writeAsicManifest` wrote; null for anything else, byte for byte. */
export function readAsicManifest(
  bytes: Uint8Array,
): { readonly signatureFile: string; readonly references: Reference[] } | null {
  const text = readText(bytes) ?? '';
  const [, signatureFile = '', mediaType = ''] =
    /<asic:SigReference URI="([^"<>&]+)" MimeType="([^"<>&]+)"\/>/.exec(text) ?? [];
  const form = /<asic:DataObjectReference URI="([^"<>&]+)">.*?<ds:DigestValue>([^<]*)<\/ds:DigestValue>/g;
  const references = [...text.matchAll(form)].map(([, name = '', digest = '']) => ({
    name,
    sha256: fromBase64(digest) ?? new Uint8Array(),
  }));
  return writeAsicManifest(signatureFile, mediaType, references) === text
    ? { signatureFile, references }
    : null;
}

function toBase64(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes));
}
