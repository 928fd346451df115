import { type PageToFreeze, pagePlaceholder } from '#domain/tracking';
import { assets } from './asset-files.ts';
import { brandSheet } from './brand.ts';
import type { PageContent } from './read-page.ts';

/**
 * A rendered page without what belongs to one recipient: the addresses below `url` become placeholders, stylesheets are taken in (a later
 * version has others), and the script goes, so that looking at it never counts.
 */
export function freezeHtml(html: string, url: string, recorded: string): string {
  const styles = assets.sheet.text.replaceAll('</', '<\\/');
  return html
    .replace(/<script\b[^>]*><\/script>/g, '')
    .replace(/<link rel="icon"[^>]*>/g, '')
    .replace(/<link rel="stylesheet" href="\/portal-assets\/[^>]*>/g, () => `<style>${styles}</style>`)
    .replace(/<link rel="stylesheet" href="\/brand\/([0-9a-f]{6})\.css"[^>]*>/g, (_, color: string) => {
      return `<style>${brandSheet(`#${color}`)}</style>`;
    })
    .replaceAll(escaped(recorded), '#')
    .replaceAll(url, pagePlaceholder);
}

/** The page of a content as it is kept. */
export function pageToFreeze(
  content: Omit<PageContent, 'link'>,
  of: Pick<PageToFreeze, 'companyId' | 'dispatchId' | 'messageId' | 'language'>,
  html: string,
): PageToFreeze {
  const images = content.documents.flatMap(({ document, images: all }) =>
    all.map(({ page, sha256 }) => ({ document: document.id, page, sha256 })),
  );
  return { ...of, logo: content.company.logo, images, html };
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;');
}
