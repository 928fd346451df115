import { escapeHtml } from './sanitise-letter.ts';

/**
 * A letter is written once and shared by all who get it; what differs per recipient are its links and whether it says that
 * reading is recorded. These addresses stand in for the links until `withLinks` puts the recipient's own in their place.
 * `.invalid` leads nowhere (RFC 2606 §2), should one ever escape.
 */
export const PORTAL_URL_PLACEHOLDER = 'https://portal.invalid/page';
export const WITHDRAW_URL_PLACEHOLDER = 'https://portal.invalid/withdraw';
export const PIXEL_URL_PLACEHOLDER = 'https://portal.invalid/pixel.gif';

export type TrackingMode = 'none' | 'links' | 'full';

/** One recipient's addresses and what is recorded of him. */
export interface LinkUrls {
  readonly page: string;
  readonly pixel: string;
  readonly withdraw: string;
  readonly mode: TrackingMode;
}

/** Marks a part for recipients of one mode; a comment, so that nothing shows where nobody has chosen yet. */
export function onlyFor(mode: TrackingMode, content: string): string {
  return `<!--envoi:${mode}-->${content}<!--/envoi:${mode}-->`;
}

/** Keeps what people write from being read as such a mark; HTML is safe already, because its comments are dropped. */
export function withoutMarks(text: string): string {
  return text.replace(/<!--(?=\/?envoi:)/g, '<! --');
}

const parts = /<!--envoi:(none|links|full)-->([\s\S]*?)<!--\/envoi:\1-->/g;

/**
 * Puts a recipient's own links into the letter's HTML or plain text. The pixel stays only with mode `full`, and the note on
 * what is recorded is the one of his mode. Every occurrence is replaced, and nothing else is changed.
 */
export function withLinks(body: string, links: LinkUrls): string {
  const write = /^\s*<!doctype html/i.test(body) ? escapeHtml : (url: string): string => url;
  const chosen = body.replace(parts, (_whole, mode: string, content: string) =>
    mode === links.mode ? content : '',
  );
  return chosen
    .replaceAll(PIXEL_URL_PLACEHOLDER, () => write(links.pixel))
    .replaceAll(WITHDRAW_URL_PLACEHOLDER, () => write(links.withdraw))
    .replaceAll(PORTAL_URL_PLACEHOLDER, () => write(links.page));
}
