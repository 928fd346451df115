import { type Config, readSecretKey, UnusableKey } from '#config';
import type { Database } from '#stores/database';
import { isInstallationKey } from '#stores/keys';

/** The secret key, which has to be the same on every machine of an installation. Throws UnusableKey, with a sentence, when it is another one. */
export async function ownSecretKey(config: Config, database: Pick<Database, 'owner'>): Promise<Uint8Array> {
  const key = await readSecretKey(config);
  if (await isInstallationKey(database, key)) return key;
  const which = config.secretKey ? 'ENVOI_SECRET_KEY' : `secret-key in ${config.dataFolder}`;
  throw new UnusableKey(
    `The secret key of this machine (${which}) is not the one of this installation: links in its mails would lead nowhere. Set ENVOI_SECRET_KEY to the key that the other machines use. What to do when it is lost stands in docs/operating.md.`,
  );
}
