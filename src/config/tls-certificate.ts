import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { withLock } from '#stores/locks';
import type { Config } from './load-config.ts';
import { makeDataFolder } from './secret-key.ts';

/** Certificate chain and private key of the SMTP servers, PEM. */
export interface TlsCertificate {
  readonly cert: string;
  readonly key: string;
}

/** The certificate that was configured cannot be read; the message is a sentence for a person. */
export class UnusableCertificate extends Error {
  override readonly name = 'UnusableCertificate';
}

/**
 * The certificate of ENVOI_TLS_CERT and ENVOI_TLS_KEY, or one that vouches for itself: made once, kept in the data folder, for its
 * owner only. Throws UnusableCertificate when the configured files cannot be read.
 */
export async function readTlsCertificate(
  config: Pick<Config, 'dataFolder' | 'tls' | 'mailHost'>,
  now: Date,
): Promise<TlsCertificate> {
  if (config.tls) {
    const { certFile, keyFile } = config.tls;
    return {
      cert: await readGiven('ENVOI_TLS_CERT', certFile),
      key: await readGiven('ENVOI_TLS_KEY', keyFile),
    };
  }
  await makeDataFolder(config);
  const folder = join(config.dataFolder, 'tls');
  return (
    (await readOwn(folder)) ??
    withLock(`${folder}.lock`, async () => (await readOwn(folder)) ?? makeOwn(folder, config.mailHost, now))
  );
}

async function readGiven(name: string, path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'unreadable';
    throw new UnusableCertificate(`The file of ${name} cannot be read (${code}).`);
  }
}

const fileName = 'self-signed.pem';

/** Key and certificate lie in one file, so that there is never one without the other. */
async function readOwn(folder: string): Promise<TlsCertificate | null> {
  const text = await readFile(join(folder, fileName), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '';
    throw error;
  });
  const part = (label: string): string | undefined =>
    new RegExp(`-----BEGIN ${label}-----[^-]+-----END ${label}-----\\n`).exec(text)?.[0];
  const key = part('PRIVATE KEY');
  const cert = part('CERTIFICATE');
  return key && cert ? { key, cert } : null;
}

async function makeOwn(folder: string, hostName: string, now: Date): Promise<TlsCertificate> {
  // Loaded here: it is needed once in the life of an installation.
  const { makeSelfSigned } = await import('./self-signed.ts');
  const made = await makeSelfSigned(hostName, now);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const unfinished = join(folder, `${fileName}.unfinished`);
  await rm(unfinished, { force: true });
  const file = await open(unfinished, 'wx', 0o600);
  try {
    await file.writeFile(made.key + made.cert);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(unfinished, join(folder, fileName));
  return made;
}
