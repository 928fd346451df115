import { assets } from './asset-files.ts';
import { renderPage } from './page-frame.tsx';
import type { Wording } from './wording.ts';

export const verifyScriptPath = '/verify/check.js';

const steps = ['container', 'files', 'seal', 'stamps', 'events', 'log', 'report'] as const;
const said = [
  ...(['busy', 'big', 'good', 'bad', 'own', 'foreign'] as const),
  ...(['empty', 'none', 'changed', 'not', 'unread'] as const),
] as const;
const facts = ['fact.dispatch', 'fact.sealed', 'fact.stamps', 'fact.unnamed', 'fact.root'] as const;

/** The page on which anybody checks an evidence file, in the browser. */
export function renderVerifyPage(t: Wording) {
  const words = Object.fromEntries([...steps, ...said, ...facts].map((key) => [key, t(`verify.${key}`)]));
  return renderPage({
    t,
    path: '/verify',
    company: null,
    title: t('verify.title'),
    script: { path: verifyScriptPath },
    sheet: assets.verify.path,
    children: (
      <section class="say verify" data-verify="" data-words={JSON.stringify(words)}>
        <h1>{t('verify.title')}</h1>
        <p>{t('verify.text')}</p>
        <p class="drop">
          <label for="evidence">{t('verify.choose')}</label>
          <input id="evidence" type="file" accept=".asice,.zip" disabled />
        </p>
        <noscript>
          <p>{t('verify.noScript')}</p>
        </noscript>
        <div id="result" role="status" />
      </section>
    ),
  });
}
