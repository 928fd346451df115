import { hkdfSync } from 'node:crypto';
import { equalInConstantTime, hmac } from '#base/crypto';

/** What a token opens: the page and its files, the pixel, the page where tracking is withdrawn. */
export type LinkPurpose = 'page' | 'pixel' | 'withdraw';

export interface LinkTokens {
  readonly page: string;
  readonly pixel: string;
  readonly withdraw: string;
}

// 16 bytes of ULID + 2 of generation + 18 of HMAC-SHA-256 = 36 bytes = 48 base64url characters without spare bits, so that
// each token has one spelling only. 18 bytes are 144 bits of authenticator (NIST SP 800-107r1 §5.3.2 asks for 32 or more).
const macBytes = 18;
const tokenForm = /^[A-Za-z0-9_-]{48}$/;
const crockford = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** Derives the key of all link tokens from the installation's secret key (RFC 5869). */
export function deriveLinkKey(secretKey: Uint8Array): Buffer {
  return Buffer.from(hkdfSync('sha256', secretKey, new Uint8Array(0), 'envoi link tokens 1', 32));
}

/** The tokens of a message, the same for the same generation each time; refuses (throws on) what is no message id. */
export function linkTokens(key: Uint8Array, messageId: string, generation: number): LinkTokens {
  const token = (purpose: LinkPurpose): string => makeToken(key, purpose, messageId, generation);
  return { page: token('page'), pixel: token('pixel'), withdraw: token('withdraw') };
}

/** The addresses of a message below the portal's own address: what the mail links to and shows. */
export function linkUrls(portalUrl: string, tokens: LinkTokens): LinkTokens {
  const base = portalUrl.replace(/\/+$/, '');
  return {
    page: `${base}/d/${tokens.page}`,
    pixel: `${base}/o/${tokens.pixel}.gif`,
    withdraw: `${base}/w/${tokens.withdraw}`,
  };
}

/** Reads a token that a stranger brought: the message and generation it was made for, or null when we did not make it. */
export function readToken(
  key: Uint8Array,
  purpose: LinkPurpose,
  token: string,
): { readonly messageId: string; readonly generation: number } | null {
  if (!tokenForm.test(token)) return null;
  const bytes = Buffer.from(token, 'base64url');
  const messageId = `msg_${writeUlid(bytes.subarray(0, 16))}`;
  const generation = bytes.readUInt16BE(16);
  const mac = authenticator(key, purpose, messageId, generation);
  return equalInConstantTime(mac, bytes.subarray(18)) ? { messageId, generation } : null;
}

function makeToken(key: Uint8Array, purpose: LinkPurpose, messageId: string, generation: number): string {
  const head = Buffer.alloc(18);
  readUlid(messageId).copy(head);
  head.writeUInt16BE(generation, 16);
  return Buffer.concat([head, authenticator(key, purpose, messageId, generation)]).toString('base64url');
}

function authenticator(key: Uint8Array, purpose: LinkPurpose, messageId: string, generation: number): Buffer {
  return hmac(key, purpose, messageId, String(generation)).subarray(0, macBytes);
}

/** 26 Crockford characters are 130 bits, of which a ULID uses 128: the first is 7 at most. */
function readUlid(messageId: string): Buffer {
  if (!/^msg_[0-7][0-9A-HJKMNP-TV-Z]{25}$/.test(messageId)) throw new Error('Links belong to messages only.');
  const bytes = Buffer.alloc(16);
  let [held, bits, at] = [0, -2, 0];
  for (const letter of messageId.slice(4)) {
    held = ((held << 5) | crockford.indexOf(letter)) & 0xfff;
    bits += 5;
    if (bits < 8) continue;
    bits -= 8;
    bytes[at++] = held >> bits;
  }
  return bytes;
}

function writeUlid(bytes: Uint8Array): string {
  let [held, bits, text] = [0, 2, ''];
  for (const byte of bytes) {
    held = ((held << 8) | byte) & 0xfff;
    bits += 8;
    for (; bits >= 5; bits -= 5) text += crockford[(held >> (bits - 5)) & 31];
  }
  return text;
}
