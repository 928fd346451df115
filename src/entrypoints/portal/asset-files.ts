import { readFileSync } from 'node:fs';
import { sha256 } from '#base/crypto';

export interface AssetFile {
  /** Its path holds a digest of its bytes, so that browsers may keep it for ever. */
  readonly path: string;
  readonly mediaType: string;
  readonly text: string;
}

/** The stylesheet, the icon in the tab and the two scripts of the portal. */
export const assets = {
  sheet: join(
    'portal.css',
    ['roles.css', 'base.css', 'page.css', 'answer.css', 'fit.css'],
    'text/css; charset=utf-8',
  ),
  verify: join('verify.css', ['verify.css'], 'text/css; charset=utf-8'),
  icon: join('icon.svg', ['icon.svg'], 'image/svg+xml'),
  copy: join('copy.js', ['copy.js'], 'text/javascript; charset=utf-8'),
  script: join('seen.js', ['seen.js'], 'text/javascript; charset=utf-8'),
} as const;

function join(name: string, parts: readonly string[], mediaType: string): AssetFile {
  const text = parts
    .map((part) => readFileSync(new URL(`./assets/${part}`, import.meta.url), 'utf8'))
    .join('');
  return { path: `/portal-assets/${sha256(text).toString('hex').slice(0, 12)}/${name}`, mediaType, text };
}
