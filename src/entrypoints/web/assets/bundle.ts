import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';

/** A file for browsers. Its name carries the hash of its content, so it may be kept for ever. */
export type Asset = {
  readonly path: string;
  readonly type: string;
  readonly body: Uint8Array;
  readonly gzip: Uint8Array;
  readonly etag: string;
};

export type Assets = {
  readonly style: string;
  readonly script: string;
  readonly liveWorker: string;
  /** The file at a path (`/assets/…`), or undefined. */
  readonly find: (path: string) => Asset | undefined;
};

const types: Readonly<Record<string, string>> = {
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
};

/**
 * Bundles the staff stylesheet and scripts in memory; call it once at start (about 100 ms). Trix becomes a file of its own that
 * is fetched only where text is edited. Throws when our own browser code does not build.
 */
export async function bundleAssets(): Promise<Assets> {
  const built = await build({
    entryPoints: {
      app: fileURLToPath(new URL('app.css', import.meta.url)),
      main: fileURLToPath(new URL('../browser/app.ts', import.meta.url)),
      live: fileURLToPath(new URL('../browser/live-worker.ts', import.meta.url)),
    },
    bundle: true,
    splitting: true,
    format: 'esm',
    // light-dark(), :has(), popover and nesting are there from these on; older ones get the page without the niceties.
    target: ['chrome123', 'firefox125', 'safari17.5'],
    minify: true,
    write: false,
    outdir: '/assets',
    entryNames: '[name]-[hash]',
    chunkNames: '[name]-[hash]',
    legalComments: 'none',
    logLevel: 'silent',
  });
  const assets = new Map(
    built.outputFiles.map((file) => [pathOf(file.path), makeAsset(pathOf(file.path), file.contents)]),
  );
  const named = (start: string): string => {
    const path = [...assets.keys()].find((each) => each.startsWith(`/assets/${start}-`));
    if (!path) throw new Error(`The bundle has no ${start}.`);
    return path;
  };
  return {
    style: named('app'),
    script: named('main'),
    liveWorker: named('live'),
    find: (path) => assets.get(path),
  };
}

/** esbuild names output by the machine's own way of writing paths. */
function pathOf(file: string): string {
  return `/assets/${file.split(/[\\/]/).at(-1) ?? ''}`;
}

function makeAsset(path: string, body: Uint8Array): Asset {
  return {
    path,
    type: types[path.split('.').at(-1) ?? ''] ?? 'application/octet-stream',
    body,
    gzip: gzipSync(body),
    etag: `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`,
  };
}
