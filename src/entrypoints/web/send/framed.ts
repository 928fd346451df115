import type { Context } from 'hono';

/** Policies for what is shown in a frame of ours: it runs nothing and reaches nothing. */
export const framedPolicy = {
  /** A mail: its own styles, its logo from the portal; never the pixel, whose path is another. */
  mail: (portalUrl: string): string =>
    [
      "default-src 'none'",
      "style-src 'unsafe-inline'",
      `img-src data: ${new URL(portalUrl).origin}/logo/`,
      "form-action 'none'",
      "base-uri 'none'",
      "frame-ancestors 'self'",
      'sandbox',
    ].join('; '),
  /** An archived mail: the same, and its link to the portal opens the page as it was, in a tab of ours. */
  archived: (portalUrl: string): string =>
    framedPolicy.mail(portalUrl).replace(/sandbox$/, 'sandbox allow-popups allow-popups-to-escape-sandbox'),
  /** The customer's page as it was kept: it carries its own styles. */
  frozen: [
    "default-src 'none'",
    "style-src 'unsafe-inline'",
    "img-src 'self' data:",
    "form-action 'none'",
    "base-uri 'none'",
    "frame-ancestors 'self'",
    'sandbox allow-same-origin allow-downloads',
  ].join('; '),
  /** The customer's page: its stylesheet and pictures, without its script, so that nothing is counted. */
  portal: [
    "default-src 'none'",
    "style-src 'self'",
    "img-src 'self'",
    "form-action 'none'",
    "base-uri 'none'",
    "frame-ancestors 'self'",
    'sandbox allow-same-origin allow-downloads',
  ].join('; '),
} as const;

export function setFramed(c: Context, policy: string): void {
  c.header('Content-Security-Policy', policy);
  c.header('X-Frame-Options', 'SAMEORIGIN');
}
