import type { MiddlewareHandler } from 'hono';

/** Whatever an answer holds, no browser may run, frame, sniff or keep it. */
const apiPolicy = "default-src 'none'; frame-ancestors 'none'; sandbox";

/** Sets the headers of every answer; a page of ours may have set a policy of its own. */
export function setHeaders(isHttps: boolean): MiddlewareHandler {
  return async (c, next) => {
    await next();
    const { headers } = c.res;
    if (!headers.has('content-security-policy')) headers.set('content-security-policy', apiPolicy);
    headers.set('cache-control', 'no-store');
    headers.set('x-content-type-options', 'nosniff');
    headers.set('x-frame-options', 'DENY');
    headers.set('referrer-policy', 'no-referrer');
    headers.set('x-robots-tag', 'noindex, nofollow');
    headers.set('cross-origin-resource-policy', 'same-origin');
    if (isHttps) headers.set('strict-transport-security', 'max-age=31536000');
  };
}
