import { generateKeyPairSync } from 'node:crypto';

/** One key for both sides: 2048 bits, RSA, as everybody has it. */
export const dkim = {
  domain: 'bench.example',
  selector: 'bench',
  privateKey: generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey,
};
