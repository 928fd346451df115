import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

/** How the bytes of files are changed on their way into a store and back. */
export interface FileSeal {
  /** By how many bytes a file grows. */
  readonly growth: number;
  seal(place: FilePlace, bytes: Uint8Array): Uint8Array;
  /** The bytes as they were given to `seal`; what was never sealed comes back as it is. Null when they were changed. */
  open(place: FilePlace, stored: Buffer): Buffer | null;
}

interface FilePlace {
  readonly companyId: string;
  readonly sha256: string;
}

/** Leaves files as they are. */
export const noSeal: FileSeal = {
  growth: 0,
  seal: (_place, bytes) => bytes,
  open: (_place, stored) => stored,
};

const mark = Buffer.from('ENVOIF1\n');
const [saltBytes, nonceBytes, tagBytes] = [32, 12, 16];
const headBytes = mark.length + saltBytes + tagBytes;

/**
 * Encrypts each file with a key of its own: AES-256-GCM, with key and nonce by HKDF-SHA-256 (RFC 5869) from the installation's key and a
 * salt that stands in the file alone. With the file goes its salt, and with that the key. A file cannot be put into another one's place.
 */
export function makeFileSeal(key: Uint8Array): FileSeal {
  const cipherKey = (salt: Uint8Array, { companyId, sha256 }: FilePlace) => {
    const bytes = Buffer.from(
      hkdfSync('sha256', key, salt, `envoi file ${companyId} ${sha256}`, 32 + nonceBytes),
    );
    return [bytes.subarray(0, 32), bytes.subarray(32)] as const;
  };
  return {
    growth: headBytes,
    seal: (place, bytes) => {
      const salt = randomBytes(saltBytes);
      const cipher = createCipheriv('aes-256-gcm', ...cipherKey(salt, place));
      const body = [cipher.update(bytes), cipher.final()];
      return Buffer.concat([mark, salt, cipher.getAuthTag(), ...body]);
    },
    open: (place, stored) => {
      if (stored.length < headBytes || !stored.subarray(0, mark.length).equals(mark)) return stored;
      const salt = stored.subarray(mark.length, mark.length + saltBytes);
      const decipher = createDecipheriv('aes-256-gcm', ...cipherKey(salt, place));
      decipher.setAuthTag(stored.subarray(mark.length + saltBytes, headBytes));
      try {
        const opened = decipher.update(stored.subarray(headBytes));
        decipher.final(); // throws when they were changed; a counter mode holds nothing back for it
        return opened;
      } catch {
        return null;
      }
    },
  };
}

/** Whether so many stored bytes can be a whole file of this size: sealed, or kept from before files were sealed. */
export function isWholeSize(stored: number | null, bytes: number, seal: FileSeal): boolean {
  return stored === bytes || stored === bytes + seal.growth;
}
