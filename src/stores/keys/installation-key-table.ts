import { hmac } from '#base/crypto';
import type { Database } from '#stores/database';

/**
 * Tells whether `key`, the secret key of 32 bytes, is the one that this installation lives by. The first that asks makes it so. Kept is a mark from which the
 * key cannot be told.
 */
export async function isInstallationKey(
  { owner }: Pick<Database, 'owner'>,
  key: Uint8Array,
): Promise<boolean> {
  const mark = hmac(key, 'installation key');
  await owner.query('insert into installation_keys (mark) values ($1) on conflict do nothing', [mark]);
  const { rows } = await owner.query<{ mark: Buffer }>('select mark from installation_keys');
  return rows[0]?.mark.equals(mark) ?? false;
}
