import { sha256 } from '#base/crypto';
import type { FileSeal } from './file-seal.ts';

/**
 * Where the bytes of documents, attachments and mails rest: kept per company under their SHA-256 (64 lower-case hex digits), never changed.
 * What `put` has answered is on the disk, also after a power cut.
 */
export interface FileStore {
  /** Keeps the bytes and returns their SHA-256; the same bytes again are kept once. Throws StorageFull. */
  put(companyId: string, bytes: Uint8Array): Promise<string>;
  /** The bytes, or null when this company has none of that hash. Throws FileDamaged when they are not what was put. */
  get(companyId: string, sha256: string): Promise<Buffer | null>;
  has(companyId: string, sha256: string): Promise<boolean>;
  /** Removes the bytes; tells whether there were any. */
  remove(companyId: string, sha256: string): Promise<boolean>;
  /** Every kept file of all companies, in no order; what is put or removed meanwhile may or may not be among them. */
  list(): AsyncIterable<{ readonly companyId: string; readonly sha256: string }>;
  /** How much a company keeps. */
  usage(companyId: string): Promise<{ readonly files: number; readonly bytes: number }>;
  /** Bytes that can still be written, or null where that is not known. */
  freeBytes(): Promise<number | null>;
  /** By which it encrypts: for what rests elsewhere and is to be kept alike. */
  readonly seal: FileSeal;
}

/** The disk is full, or a quota is reached; the message is a sentence for a person. */
export class StorageFull extends Error {
  override readonly name = 'StorageFull';
  constructor(where: string) {
    super(
      `There is no room left in ${where}. Free some space there; what was not confirmed can then be tried again.`,
    );
  }
}

/** A kept file no longer has the bytes that were put. */
export class FileDamaged extends Error {
  override readonly name = 'FileDamaged';
  constructor(sha256: string) {
    super(`The file ${sha256} was changed on the disk. Restore it from a backup.`);
  }
}

/** Throws StorageFull for a full disk or an exceeded quota, and any other error as it is. */
export function throwStorageError(error: unknown, where: string): never {
  const code = (error as NodeJS.ErrnoException).code;
  throw code === 'ENOSPC' || code === 'EDQUOT' ? new StorageFull(where) : error;
}

/** Refuses, by throwing, names that are not an id and a hash: nothing else may become part of a path. */
export function checkNames(companyId: string, sha256?: string): void {
  if (!/^[a-z]{2,8}_[0-9A-Za-z]{1,64}$/.test(companyId)) throw new Error('This is not the id of a company.');
  if (sha256 !== undefined && !/^[0-9a-f]{64}$/.test(sha256))
    throw new Error('This is not a SHA-256 in hex.');
}

/** The bytes of a stored file; throws FileDamaged when they are not what was put. */
export function openedFile(
  stored: Buffer,
  place: { readonly companyId: string; readonly sha256: string },
  seal: FileSeal,
): Buffer {
  const isAsPut = (bytes: Buffer): boolean => sha256(bytes).toString('hex') === place.sha256;
  const opened = seal.open(place, stored);
  if (opened && isAsPut(opened)) return opened;
  // A file of before that happens to begin like a sealed one.
  if (isAsPut(stored)) return stored;
  throw new FileDamaged(place.sha256);
}
