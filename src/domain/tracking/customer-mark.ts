import { equalInConstantTime, hmac } from '#base/crypto';
import { readToken } from './token.ts';

/** The cookie in which a page keeps the mark for its own downloads and its word that it was seen. */
export const customerCookie = 'envoi_customer';

/** The mark by which somebody who is staff plays the customer of one message: for the Sandbox screen, and in nobody's mail. */
export function makeCustomerMark(staffKey: Uint8Array, messageId: string): string {
  return hmac(staffKey, 'customer', messageId).subarray(0, 24).toString('base64url');
}

/** Tells whether that is the mark of this message; anything that a stranger made up is not. */
export function readCustomerMark(
  staffKey: Uint8Array,
  messageId: string,
  value: string | undefined,
): boolean {
  if (!value || value.length > 100) return false;
  return equalInConstantTime(Buffer.from(makeCustomerMark(staffKey, messageId)), Buffer.from(value));
}

interface Play {
  readonly portalUrl: string;
  readonly linkKey: Uint8Array;
  readonly staffKey: Uint8Array;
  readonly messageId: string;
}

/**
 * A mail's HTML as the Sandbox screen shows it: page, files and pixel of this very message carry its mark. What leads
 * elsewhere, to another message or has a query of its own stays as it is.
 */
export function playMail(html: string, { portalUrl, linkKey, staffKey, messageId }: Play): string {
  const mark = makeCustomerMark(staffKey, messageId);
  const base = portalUrl.replace(/\/+$/, '').replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const address = new RegExp(`${base}/(d|o)/([0-9a-z]{58})(?:\\.gif|/[\\w./-]*)?(?![\\w./?-])`, 'g');
  return html.replace(address, (whole, kind: string, token: string) => {
    const read = readToken(linkKey, kind === 'd' ? 'page' : 'pixel', token);
    return read?.messageId === messageId ? `${whole}?as=${mark}` : whole;
  });
}
