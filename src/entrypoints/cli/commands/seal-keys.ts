import { X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { sha256 } from '#base/crypto';
import type { SealReplaced } from '#stores/keys';
import { type Command, type ExitCode, printResult, refused, textOf } from '../command.ts';
import type { OwnInstallation, World } from '../world.ts';
import { recordOnEveryChain } from './record-rotation.ts';

type Refusal = Exclude<SealReplaced, { ok: true }>['reason'];

const sentences: Readonly<Record<Refusal, string>> = {
  no_pkcs12: 'This is no PKCS#12 file (.p12 or .pfx). Ask your certificate authority for one.',
  wrong_password:
    'The password does not open this file, or the file is damaged. Try again with the right one.',
  no_key: 'There is no private key in this file. Export the certificate again, with its key.',
  several_keys: 'There are several keys in this file. Export only the one of the seal.',
  no_certificate:
    'The certificate of the key is not in this file. Export it again, or add it with --chain FILE.pem.',
  weak_key:
    'This key is not taken: it has to be RSA with 2048 bits or more, or on the curve P-256, P-384 or P-521.',
  expired: 'The certificate has expired. Ask your certificate authority for a new one.',
  not_yet_valid: 'The certificate is not valid yet. Import it when its first day has come.',
  wrong_usage:
    'The certificate is not for signing documents (its key usage says something else). Ask for a seal or a signing certificate.',
  chain_missing:
    'The certificates between this one and its root are missing. Add them, the root too: --chain FILE.pem.',
  chain_expired: 'A certificate between this one and its root has expired. Ask your certificate authority.',
};

/** Seals with a bought certificate; its password comes from a file or from standard input, never from the command line. */
export const importSealCommand: Command = {
  name: 'keys import-seal',
  usage: 'FILE.p12 [--password-file FILE] [--chain FILE.pem]',
  summary: 'seals with a bought certificate; its password is read from the file or from standard input',
  options: { 'password-file': { type: 'string' }, chain: { type: 'string' } },
  words: [1, 1],
  run: async ({ words: [path = ''], given, isJson }, world) => {
    const { importSeal } = await import('#stores/keys');
    const [passwordFile, chainFile] = [textOf(given, 'password-file'), textOf(given, 'chain')];
    const files = [path, passwordFile, chainFile].filter((one) => one !== undefined);
    for (const file of files)
      if (!(await isReadable(file)))
        return refused(world, `${file} cannot be read. Check its name and rights.`);
    const typed = passwordFile ? await readFile(passwordFile, 'utf8') : await world.readInput();
    const bought = {
      pkcs12: await readFile(path),
      password: typed.replace(/\r?\n$/, ''),
      certificates: chainFile ? readPem(await readFile(chainFile, 'utf8')) : [],
    };
    return withInstallation(world, (own) =>
      tell(own, world, isJson, () => importSeal(own.keyFolder, own.keys, bought, own.clock())),
    );
  },
};

/** Gives the installation a new seal of its own root. */
export const renewSealCommand: Command = {
  name: 'keys renew-seal',
  usage: '',
  summary: 'makes a new seal of this installation’s own root; restart running processes afterwards',
  options: {},
  words: [0, 0],
  run: async ({ isJson }, world) => {
    const { renewSeal } = await import('#stores/keys');
    return withInstallation(world, (own) =>
      tell(own, world, isJson, () => renewSeal(own.keyFolder, own.keys, own.clock())),
    );
  },
};

/** Says what this installation signs with. */
export const showKeys: Command = {
  name: 'keys show',
  usage: '',
  summary: 'says what this installation seals and signs with, and until when',
  options: {},
  words: [0, 0],
  run: ({ isJson }, world) =>
    withInstallation(world, async ({ keys }) => {
      const seal = new X509Certificate(keys.seal.certificate);
      const shown = {
        seal: {
          subject: oneLine(seal.subject),
          issuer: oneLine(seal.issuer),
          until: new Date(seal.validTo).toISOString(),
          sha256: sha256(keys.seal.certificate).toString('hex'),
        },
        rootSha256: sha256(keys.root).toString('hex'),
        logKeys: keys.logVerifiers,
      };
      printResult(world, isJson, shown, [
        `Seal: ${shown.seal.subject}, issued by ${shown.seal.issuer}, until ${shown.seal.until.slice(0, 10)}.`,
        `Root: SHA-256 ${shown.rootSha256}`,
        `Log: ${keys.logVerifiers.at(-1)}`,
      ]);
      return 0;
    }),
};

async function withInstallation(
  world: World,
  work: (own: OwnInstallation) => Promise<ExitCode>,
): Promise<ExitCode> {
  const installation = await world.open();
  try {
    return await work(installation);
  } finally {
    await installation.close();
  }
}

/** Changes the seal, records the change on the chain of every company, and says what has to be done now. */
async function tell(
  own: OwnInstallation,
  world: World,
  isJson: boolean,
  change: () => Promise<SealReplaced>,
): Promise<ExitCode> {
  const changed = await change();
  if (!changed.ok) return refused(world, sentences[changed.reason]);
  const companies = await recordOnEveryChain(own, { kind: 'seal', ...changed.rotation });
  printResult(world, isJson, { ...changed.rotation, companies, isTrustedByNss: changed.isTrustedByNss }, [
    `From the next start on, this certificate seals (SHA-256): ${changed.rotation.to}`,
    'Back the folder of keys up again, and restart running processes. What was sealed before still holds.',
    ...(changed.isTrustedByNss
      ? []
      : ['Note: without the usage emailProtection, pdfsig will call the seal valid, but not trusted.']),
  ]);
  return 0;
}

async function isReadable(path: string): Promise<boolean> {
  return readFile(path).then(
    () => true,
    () => false,
  );
}

function readPem(text: string): Uint8Array[] {
  const found = text.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
  return found.map((one) => Uint8Array.from(new X509Certificate(one).raw));
}

function oneLine(name: string): string {
  return name.replaceAll('\n', ', ');
}
