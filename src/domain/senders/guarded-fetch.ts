import { type IncomingMessage, request as plainRequest } from 'node:http';
import { request as secureRequest } from 'node:https';
import type { LookupFunction } from 'node:net';
import { type HostPolicy, hostAllowed } from './host.ts';
import { guardedLookup, hostNotAllowed } from './smtp-access.ts';

/** How addresses that people of a company typed are reached. */
export interface GuardedNet {
  readonly hostPolicy: HostPolicy;
  readonly lookup?: LookupFunction;
  readonly timeoutMs?: number;
}

interface Asking {
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: URLSearchParams | undefined;
}

const usualTimeoutMs = 10_000; // somebody waits before a page
const mostBytes = 256 * 1024; // descriptions, tokens and keys have some kilobytes

/**
 * A `fetch` for addresses that somebody typed: names are resolved here and only addresses that the policy allows are dialed, so a name that
 * is pointed inwards later does not help. Redirects are not followed and long answers not read. Throws when no answer comes.
 */
export function makeGuardedFetch(net: GuardedNet): (target: string, asking: Asking) => Promise<Response> {
  return (target, asking) => {
    const url = new URL(target);
    if (!hostAllowed(url.hostname.replace(/^\[(.*)\]$/, '$1'), net.hostPolicy))
      return Promise.reject(new Error(hostNotAllowed));
    return ask(net, url, asking);
  };
}

function ask(net: GuardedNet, url: URL, { method, headers, body }: Asking): Promise<Response> {
  const text = body?.toString() ?? '';
  return new Promise((resolve, reject) => {
    const request = (url.protocol === 'https:' ? secureRequest : plainRequest)(
      url,
      {
        method,
        agent: false,
        lookup: guardedLookup(net.hostPolicy, net.lookup),
        headers: { ...headers, 'content-length': String(Buffer.byteLength(text)) },
      },
      (response) => {
        readAll(response).then((bytes) => {
          clearTimeout(timer);
          request.destroy();
          const status = response.statusCode ?? 502;
          const isEmpty = [204, 205, 304].includes(status);
          resolve(new Response(isEmpty ? null : bytes, { status, headers: plainHeaders(response) }));
        }, fail);
      },
    );
    const fail = (error: Error): void => {
      clearTimeout(timer);
      request.destroy();
      reject(error);
    };
    // Of the whole exchange: a server that drips its answer is as slow as one that gives none.
    const timer = setTimeout(() => fail(new Error('timeout')), net.timeoutMs ?? usualTimeoutMs);
    request.on('error', fail);
    request.end(text);
  });
}

async function readAll(response: IncomingMessage): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of response) {
    const part = Buffer.from(chunk as Uint8Array);
    bytes += part.length;
    if (bytes > mostBytes) throw new Error('the answer is too long');
    chunks.push(part);
  }
  return new Uint8Array(Buffer.concat(chunks));
}

function plainHeaders({ headers }: IncomingMessage): [string, string][] {
  return Object.entries(headers).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, Array.isArray(value) ? value.join(', ') : value] as [string, string]],
  );
}
