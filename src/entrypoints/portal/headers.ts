import type { Context } from 'hono';

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
export function setCommonHeaders(c: Context, isHttps: boolean): void {
  c.header('Referrer-Policy', 'no-referrer');
  c.header('X-Content-Type-Options', 'nosniff');
  c.header('X-Robots-Tag', 'noindex, nofollow, noarchive');
  c.header('X-Frame-Options', 'DENY');
  c.header(
    'Permissions-Policy',
    'camera=(), microphone=(), geolocation=(), payment=(), usb=(), interest-cohort=()',
  );
  c.header('Cross-Origin-Opener-Policy', 'same-origin');
  c.header('Cross-Origin-Resource-Policy', 'same-origin');
  if (isHttps) c.header('Strict-Transport-Security', 'max-age=31536000');
}

export function setPageHeaders(c: Context): void {
  c.header('Content-Security-Policy', pagePolicy);
  c.header('Cache-Control', 'no-store');
}

export function setFileHeaders(c: Context): void {
  c.header('Content-Security-Policy', filePolicy);
  c.header('Cache-Control', 'private, no-store');
}
