import { createHmac, hash, randomBytes, timingSafeEqual } from 'node:crypto';

/** SHA-256 of the bytes or of the UTF-8 text. */
export function sha256(bytes: Uint8Array | string): Buffer {
  return hash('sha256', bytes, 'buffer');
}

/** HMAC-SHA-256 over the parts, each preceded by its length so that parts cannot be shifted into each other. */
export function hmac(key: Uint8Array, ...parts: readonly string[]): Buffer {
  const text = parts.map((part) => `${Buffer.byteLength(part)}:${part};`).join('');
  return createHmac('sha256', key).update(text).digest();
}

/** Compares without telling by its duration where the difference is; unequal lengths are unequal. */
export function equalInConstantTime(a: Uint8Array, b: Uint8Array): boolean {
  return a.byteLength === b.byteLength && timingSafeEqual(a, b);
}

/** A random token of `bytes` random bytes in base64url (32 by default, 256 bits). */
export function randomToken(bytes = 32): string {
  return randomBytes(bytes).toString('base64url');
}
