import { hkdfSync } from 'node:crypto';
import { equalInConstantTime, hmac } from '#base/crypto';

/** What a token opens: the page and its files, the pixel, the page where tracking is withdrawn. */
export type LinkPurpose = 'page' | 'pixel' | 'withdraw';

export interface LinkTokens {
  readonly page: string;
  readonly pixel: string;
  readonly withdraw: string;
}

// The 26 characters of the message's ULID, then 2 bytes of generation and 18 of HMAC-SHA-256 in 32 characters of Crockford's alphabet, all in lower
// case: no spare bits, so that each token has one spelling only. 18 bytes are 144 bits of authenticator (NIST SP 800-107r1 §5.3.2 asks for 32 or
// more). In base64url, with dashes inside, one token in some thousands reads as a Bitcoin address, for which SpamAssassin takes a point (PDS_BTC_ID).
const macBytes = 18;
const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';
const tokenForm = /^[0-7][0-9a-hjkmnp-tv-z]{57}$/;

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
  const messageId = `msg_${token.slice(0, 26).toUpperCase()}`;
  const bytes = readBase32(token.slice(26));
  const generation = bytes.readUInt16BE(0);
  const mac = authenticator(key, purpose, messageId, generation);
  return equalInConstantTime(mac, bytes.subarray(2)) ? { messageId, generation } : null;
}

/** The part of a token, genuine or made up, that names its message: what is counted by it needs no authenticator. */
export function namedMessage(token: string): string {
  return token.slice(0, 26);
}

function makeToken(key: Uint8Array, purpose: LinkPurpose, messageId: string, generation: number): string {
  if (!/^msg_[0-7][0-9A-HJKMNP-TV-Z]{25}$/.test(messageId)) throw new Error('Links belong to messages only.');
  const head = Buffer.alloc(2);
  head.writeUInt16BE(generation);
  const tail = Buffer.concat([head, authenticator(key, purpose, messageId, generation)]);
  return `${messageId.slice(4).toLowerCase()}${writeBase32(tail)}`;
}

function authenticator(key: Uint8Array, purpose: LinkPurpose, messageId: string, generation: number): Buffer {
  return hmac(key, purpose, messageId, String(generation)).subarray(0, macBytes);
}

/** The bytes of a text whose length is a multiple of 8: 5 bytes of each 8 letters. */
function readBase32(text: string): Buffer {
  const bytes = Buffer.alloc((text.length * 5) / 8);
  let [held, bits, at] = [0, 0, 0];
  for (const letter of text) {
    held = ((held << 5) | alphabet.indexOf(letter)) & 0xfff;
    bits += 5;
    if (bits < 8) continue;
    bits -= 8;
    bytes[at++] = held >> bits;
  }
  return bytes;
}

function writeBase32(bytes: Uint8Array): string {
  let [held, bits, text] = [0, 0, ''];
  for (const byte of bytes) {
    held = ((held << 8) | byte) & 0xfff;
    bits += 8;
    for (; bits >= 5; bits -= 5) text += alphabet[(held >> (bits - 5)) & 31];
  }
  return text;
}
