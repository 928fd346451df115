export { equalInConstantTime, hmac, randomToken, sha256 } from './digest.ts';
export { hashPassword, verifyPassword } from './password.ts';
export { openSecret, sealSecret } from './seal.ts';
