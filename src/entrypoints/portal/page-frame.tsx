import { html } from 'hono/html';
import type { Child } from 'hono/jsx';
import { type Language, languageName, languages } from '#base/language';
import { assets } from './asset-files.ts';
import type { Wording } from './wording.ts';

export interface Frame {
  readonly t: Wording;
  readonly title: string;
  /** Whose page it is; null where nothing about the sender may be told. */
  readonly company: { readonly name: string; readonly brandColor: string | null } | null;
  readonly logoUrl?: string;
  /** The page's own path, for its other languages. */
  readonly path: string;
  /** Where the page says that it stayed visible; absent where nothing is recorded. */
  readonly seenUrl?: string;
  /** Whether it also says for how long. */
  readonly isTimed?: boolean;
  /** A script of its own, beside the usual one. */
  readonly script?: { readonly path: string };
  /** A stylesheet of its own. */
  readonly sheet?: string;
  readonly footer?: Child;
  readonly children: Child;
}

/** A whole page of the portal as HTML text: head, the company's head, the content, the foot. */
export function renderPage(frame: Frame) {
  return html`<!doctype html>${<Page {...frame} />}`;
}

function Page(props: Frame) {
  const { t, title, company, logoUrl, path, seenUrl, isTimed, script, sheet, footer, children } = props;
  return (
    <html lang={t.language}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover" />
        <meta name="color-scheme" content="light dark" />
        <meta name="robots" content="noindex, nofollow" />
        <title>{company ? `${title} · ${company.name}` : title}</title>
        <link rel="icon" href={assets.icon.path} type="image/svg+xml" />
        <link rel="stylesheet" href={assets.sheet.path} />
        {sheet ? <link rel="stylesheet" href={sheet} /> : null}
        {company?.brandColor ? <link rel="stylesheet" href={brandPath(company.brandColor)} /> : null}
      </head>
      <body>
        <a class="skip" href="#main">
          {t('skip')}
        </a>
        <header class="wide">
          {logoUrl && company ? (
            <img class="logo" src={logoUrl} alt={company.name} height="44" />
          ) : (
            <span class="name">{company?.name ?? ''}</span>
          )}
          <Languages t={t} path={path} />
        </header>
        <main id="main" class="wide">
          {children}
        </main>
        <footer class="wide">
          {footer}
          <span>{t('foot.by')}</span>
        </footer>
        {script ? <script type="module" src={script.path} /> : null}
        {seenUrl ? (
          <script src={assets.script.path} data-seen={seenUrl} data-times={isTimed ? '' : undefined} />
        ) : null}
      </body>
    </html>
  );
}

function Languages({ t, path }: { readonly t: Wording; readonly path: string }) {
  return (
    <details class="languages">
      <summary aria-label={`${t('language')}: ${ownNames.get(t.language)}`}>
        {ownNames.get(t.language)}
      </summary>
      <ul>
        {languages.map((language) => (
          <li>
            <a
              href={`${path}?lang=${language}`}
              lang={language}
              hreflang={language}
              aria-current={language === t.language ? 'true' : undefined}
            >
              {ownNames.get(language)}
            </a>
          </li>
        ))}
      </ul>
    </details>
  );
}

/** Each language's name in itself: asking Intl for it takes longer than the rest of the page. */
const ownNames: ReadonlyMap<Language, string> = new Map(
  languages.map((language) => [language, languageName(language, language)]),
);

/** Where the stylesheet of a colour lies; only `#rrggbb` becomes part of a path. */
function brandPath(color: string): string {
  return /^#[0-9a-f]{6}$/i.test(color) ? `/brand/${color.slice(1).toLowerCase()}.css` : assets.sheet.path;
}
