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
const { built } = await import('./built.mjs');
const folder = await built(root);
if (folder === null) {
  // Slower: tsx reads each source by itself. It looks for tsconfig.json in the working directory, which may be anywhere.
  process.env.TSX_TSCONFIG_PATH ??= join(root, 'tsconfig.json');
  const { register } = await import('tsx/esm/api');
  register();
}
const main = folder === null ? join(root, 'src/main.ts') : join(folder, 'src/main.mjs');
const { main: run } = await import(pathToFileURL(main).href);
process.exitCode = await run(process.argv.slice(2));
