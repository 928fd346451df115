import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import type { Hono } from 'hono';
import { setPageHeaders } from './headers.ts';
import type { Portal } from './portal-deps.ts';
import { renderVerifyPage, verifyScriptPath } from './verify-page.tsx';
import { visitorLanguage } from './visitor-language.ts';
import { wordingIn } from './wording.ts';

/** The public check of evidence files: the page, and the script that does it in the visitor's browser. Nothing is uploaded. */
export function addVerify(app: Hono, deps: Portal): void {
  app.get('/verify', async (c) => {
    setPageHeaders(deps, c);
    return c.html(await renderVerifyPage(wordingIn(visitorLanguage(c))));
  });
  app.get(verifyScriptPath, async (c) => {
    c.header('Cache-Control', 'public, max-age=300');
    return c.body(await script(), 200, { 'Content-Type': 'text/javascript; charset=utf-8' });
  });
}

let made: Promise<string> | null = null;

function script(): Promise<string> {
  made ??= bundle();
  return made;
}

async function bundle(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL('browser/verify.ts', import.meta.url))],
    bundle: true,
    write: false,
    minify: true,
    format: 'esm',
    target: ['chrome137', 'firefox130', 'safari17.5'], // the first with Ed25519 in WebCrypto
    logLevel: 'silent',
  });
  return outputFiles[0]?.text ?? '';
}
