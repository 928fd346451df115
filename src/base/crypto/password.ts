import { randomBytes, type ScryptOptions, scrypt } from 'node:crypto';
import { equalInConstantTime } from './digest.ts';

// OWASP Password Storage Cheat Sheet (2025): scrypt with N=2^16, r=8, p=2 uses 64 MiB, about 0.2 s here.
const cost = { N: 2 ** 16, r: 8, p: 2, maxmem: 160 * 2 ** 20 } satisfies ScryptOptions;
const keyBytes = 32;

/** Hashes a password for storage; the result carries its own salt and cost. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  const key = await derive(password, salt, cost);
  return ['scrypt', cost.N, cost.r, cost.p, salt.toString('base64url'), key.toString('base64url')].join('$');
}

/** Tells whether the password fits the stored hash; anything that is not such a hash fits nothing. */
export async function verifyPassword(password: string, stored: string): Promise<boolean> {
  const [scheme, n, r, p, salt, key] = stored.split('$');
  if (scheme !== 'scrypt' || !n || !r || !p || !salt || !key) return false;
  const options = { N: Number(n), r: Number(r), p: Number(p), maxmem: cost.maxmem };
  const derived = await derive(password, Buffer.from(salt, 'base64url'), options);
  return equalInConstantTime(derived, Buffer.from(key, 'base64url'));
}

function derive(password: string, salt: Buffer, options: ScryptOptions): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    // The same password typed on another keyboard may arrive decomposed: NFKC makes them one (NIST SP 800-63B §5.1.1.2).
    scrypt(password.normalize('NFKC'), salt, keyBytes, options, (error, key) => {
      if (error) reject(error);
      else resolve(key);
    });
  });
}
