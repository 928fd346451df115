import { z } from 'zod';

/** The backup cannot be used; the message is a sentence for a person. */
export class UnusableBackup extends Error {
  override readonly name = 'UnusableBackup';
}

export const backupFormat = 1;

/** What stands in `envoi-backup.json`, never encrypted. */
export const headShape = z.object({
  format: z.literal(backupFormat),
  salt: z.string(),
  /** A sealed word, by which a wrong passphrase is known at once; null without encryption. */
  check: z.string().nullable(),
});
export type BackupHead = z.infer<typeof headShape>;

const tableShape = z.object({
  name: z.string().regex(/^[a-z_]{1,63}$/),
  columns: z.array(z.string().regex(/^[a-z0-9_]{1,63}$/)),
  rows: z.number().int(),
  /** SHA-256 of the file as it lies there. */
  sha256: z.string(),
});
export type SavedTable = z.infer<typeof tableShape>;

/** What stands in a run's `manifest.json`. */
export const manifestShape = z.object({
  madeAt: z.iso.datetime(),
  version: z.string(),
  migrations: z.array(z.object({ name: z.string(), sha256: z.string() })),
  /** In the order in which they can be loaded: what others refer to comes first. */
  tables: z.array(tableShape),
  files: z.object({ count: z.number().int(), sha256: z.string() }),
  /** The key that seals secrets, in base64; null: the operator keeps it (ENVOI_SECRET_KEY). */
  secretKey: z.string().nullable(),
  /** What the installation signs with: the files of its folder of keys, in base64. */
  keys: z.record(z.string().regex(/^[a-z.]{1,40}$/), z.string()),
});
export type Manifest = z.infer<typeof manifestShape>;
