/**
 * The Content-Security-Policy of staff pages: scripts and styles from our own files only. The nonce is for the one style element
 * that the text editor makes; make a new one (16 random bytes, base64url) for each page. `imagesFrom` is one more origin for images.
 */
export function contentPolicy(nonce: string, imagesFrom: string | null = null): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    `img-src 'self' data:${imagesFrom === null ? '' : ` ${imagesFrom}`}`,
    "connect-src 'self'",
    "worker-src 'self'",
    "frame-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}
