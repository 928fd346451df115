import type { MiddlewareHandler } from 'hono';

/** For answers that set no policy of their own: whatever they hold, it runs nothing and is framed by nobody. */
const barePolicy = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

/** Sets the headers of every answer that has not said otherwise: not framed, sniffed, indexed or kept; no device. */
export function setHeaders(isHttps: boolean): MiddlewareHandler {
  return async (c, next) => {
    await next();
    const { headers } = c.res;
    const say = (name: string, value: string): void => {
      if (!headers.has(name)) headers.set(name, value);
    };
    say('content-security-policy', barePolicy);
    say('cache-control', 'no-store');
    say('x-frame-options', 'DENY');
    // `no-referrer` would make browsers send `Origin: null` with our own forms (Fetch §3.2).
    say('referrer-policy', 'same-origin');
    headers.set('x-content-type-options', 'nosniff');
    headers.set('x-robots-tag', 'noindex, nofollow');
    headers.set('cross-origin-opener-policy', 'same-origin');
    say('cross-origin-resource-policy', 'same-origin');
    headers.set('permissions-policy', 'camera=(), microphone=(), geolocation=(), payment=(), usb=()');
    if (isHttps) headers.set('strict-transport-security', 'max-age=31536000');
  };
}
