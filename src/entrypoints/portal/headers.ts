import type { Context } from 'hono';
import type { Portal } from './portal-deps.ts';

// No inline script or style, nothing from elsewhere, in no frame.
const pagePolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "form-action 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
].join('; ');

/** For files: whatever they hold, they may do nothing in our name. */
const filePolicy = "default-src 'none'; frame-ancestors 'none'; sandbox";

/** Headers of every answer: not indexed, not framed, no referrer, no sniffing, no device. */
export function commonHeaders(isHttps: boolean): Readonly<Record<string, string>> {
  return {
    'Referrer-Policy': 'no-referrer',
    'X-Content-Type-Options': 'nosniff',
    'X-Robots-Tag': 'noindex, nofollow, noarchive',
    'X-Frame-Options': 'DENY',
    'Permissions-Policy': 'camera=(), microphone=(), geolocation=(), payment=(), usb=(), interest-cohort=()',
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Resource-Policy': 'same-origin',
    ...(isHttps ? { 'Strict-Transport-Security': 'max-age=31536000' } : {}),
  };
}

/** Headers of a page, the common ones included. */
export function pageHeaders(isHttps: boolean): Readonly<Record<string, string>> {
  return { ...commonHeaders(isHttps), 'Content-Security-Policy': pagePolicy, 'Cache-Control': 'no-store' };
}

export function setPageHeaders(deps: Portal, c: Context): void {
  for (const [name, value] of Object.entries(deps.pageHeaders)) c.header(name, value);
}

export function setFileHeaders(c: Context): void {
  c.header('Content-Security-Policy', filePolicy);
  c.header('Cache-Control', 'private, no-store');
}
