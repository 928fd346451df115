#!/usr/bin/env node
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(
    `Envoi needs Node 20.19 or newer; this is ${process.versions.node}. See https://nodejs.org/en/download.`,
  );
  process.exit(2);
}

const root = dirname(dirname(fileURLToPath(import.meta.url)));
// tsx looks for tsconfig.json in the working directory, which may be anywhere; ours says how JSX is read.
process.env.TSX_TSCONFIG_PATH ??= join(root, 'tsconfig.json');
const { register } = await import('tsx/esm/api');
register();
const { main } = await import(pathToFileURL(join(root, 'src/main.ts')).href);
process.exitCode = await main(process.argv.slice(2));
