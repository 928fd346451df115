import { get } from 'node:https';
import type { LookupFunction } from 'node:net';
import type { FetchPolicy } from './mta-sts.ts';

const largest = 64 * 1024; // RFC 8461 §3.3
const patienceMs = 20_000; // RFC 8461 §3.3 suggests a minute; a mail waits for this

/**
 * Fetches policies from `https://mta-sts.<domain>/.well-known/mta-sts.txt`, with a certificate that is good for the name, and
 * follows no redirects (RFC 8461 §3.3). `lookup` decides which addresses may be dialed.
 */
export function makeFetchStsPolicy(lookup: LookupFunction, port = 443, ca?: string): FetchPolicy {
  return (host) =>
    new Promise((resolve) => {
      const request = get(
        { host, port, path: '/.well-known/mta-sts.txt', lookup, ca, timeout: patienceMs, agent: false },
        (response) => {
          const chunks: Buffer[] = [];
          let size = 0;
          const isText = /^text\/plain\b/i.test(response.headers['content-type'] ?? '');
          if (response.statusCode !== 200 || !isText) return request.destroy(new Error('no policy'));
          response.on('data', (chunk: Buffer) => {
            size += chunk.length;
            if (size > largest) request.destroy(new Error('too large'));
            else chunks.push(chunk);
          });
          response.on('end', () => resolve(Buffer.concat(chunks).toString('utf8')));
          response.on('error', () => resolve(null));
          return undefined;
        },
      );
      request.on('timeout', () => request.destroy(new Error('timeout')));
      request.on('error', () => resolve(null));
    });
}
