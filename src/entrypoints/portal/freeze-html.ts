import { type PageToFreeze, pagePlaceholder } from '#domain/tracking';
import { assets } from './asset-files.ts';
import { brandSheet } from './brand.ts';
import { paymentCode } from './pay-part.tsx';
import type { PageContent } from './read-page.ts';
import type { Wording } from './wording.ts';

interface FrozenFrom {
  /** Where the page lies, and where it tells what is recorded. */
  readonly url: string;
  readonly recorded: string;
  readonly content: Omit<PageContent, 'link'>;
  readonly t: Wording;
}

/**
 * A rendered page without what belongs to one recipient: the addresses below `url` become placeholders, stylesheets are taken in (a later
 * version has others), payment codes too (another amount makes another one), and the scripts go, so that looking at it never counts.
 */
export function freezeHtml(html: string, { url, recorded, content, t }: FrozenFrom): string {
  const styles = assets.sheet.text.replaceAll('</', '<\\/');
  return html
    .replace(/<script\b[^>]*><\/script>/g, '')
    .replace(/<link rel="icon"[^>]*>/g, '')
    .replace(/<link rel="stylesheet" href="\/portal-assets\/[^>]*>/g, () => `<style>${styles}</style>`)
    .replace(/<link rel="stylesheet" href="\/brand\/([0-9a-f]{6})\.css"[^>]*>/g, (_, color: string) => {
      return `<style>${brandSheet(`#${color}`)}</style>`;
    })
    .replaceAll(escaped(recorded), '#')
    .replace(
      paymentDrawing(url),
      (whole, id: string, form: string) => drawn({ content, t }, id, form) ?? whole,
    )
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

function paymentDrawing(url: string): RegExp {
  const path = url.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`(?<=src=")${path}/pay/(doc_\\w{1,40})\\.(epc|swiss)\\.svg[^"]*`, 'g');
}

function drawn({ content, t }: Pick<FrozenFrom, 'content' | 't'>, id: string, form: string): string | null {
  const shown = content.documents.find(({ document }) => document.id === id);
  const of = { t, company: content.company };
  const svg = shown ? paymentCode(of, shown.document, form === 'swiss' ? 'swiss' : 'epc') : null;
  return svg ? `data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}` : null;
}
