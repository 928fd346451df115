import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

let made: Promise<Buffer> | null = null;

/** The script that checks an evidence file on a machine with Node and nothing else: our own check, in one file. Made once. */
export function verifierScript(): Promise<Buffer> {
  made ??= bundle();
  return made;
}

async function bundle(): Promise<Buffer> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL('../../formats/proof/verify-script.ts', import.meta.url))],
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    charset: 'utf8',
    legalComments: 'none',
    banner: {
      js: '// Checks the evidence file that it lies in, or one that is named: node verify.mjs [FILE.asice]',
    },
  });
  return Buffer.from(outputFiles[0]?.contents ?? []);
}
