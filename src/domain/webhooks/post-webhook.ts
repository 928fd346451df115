import { type IncomingMessage, request as plainRequest } from 'node:http';
import { request as secureRequest } from 'node:https';
import type { LookupFunction } from 'node:net';
import { guardedLookup, type HostPolicy, hostAllowed, hostNotAllowed } from '#domain/senders';
import type { PostProblem } from './webhook.ts';
import { bareHost } from './webhook-input.ts';

/** How webhooks reach the world. */
export interface WebhookNet {
  readonly hostPolicy: HostPolicy;
  readonly lookup?: LookupFunction;
  /** A certificate authority besides the system's (laboratories). */
  readonly ca?: string;
  readonly timeoutMs?: number;
}

export interface Posted {
  readonly status: number | null;
  readonly problem: PostProblem | null;
  readonly answer: string;
}

const usualTimeoutMs = 15_000; // Standard Webhooks advises 15 to 30 s
const keptAnswer = 2000;
const mostAnswer = 65_536; // more is not read: nobody has to send us a film

/**
 * Posts a body and returns what came of it; never throws. Names are resolved here and only addresses that the policy allows are
 * dialed, so a name that is pointed inwards later does not help. Redirects are not followed.
 */
export function postWebhook(
  net: WebhookNet,
  target: string,
  headers: Readonly<Record<string, string>>,
  body: string,
): Promise<Posted> {
  const url = new URL(target);
  if (!hostAllowed(bareHost(url), net.hostPolicy)) return Promise.resolve(failed('host_not_allowed'));
  return new Promise((resolve) => {
    const timeoutMs = net.timeoutMs ?? usualTimeoutMs;
    const request = (url.protocol === 'https:' ? secureRequest : plainRequest)(
      url,
      {
        method: 'POST',
        agent: false,
        ...(net.ca ? { ca: net.ca } : {}),
        lookup: guardedLookup(net.hostPolicy, net.lookup),
        headers: {
          'content-type': 'application/json',
          'content-length': String(Buffer.byteLength(body)),
          'user-agent': 'Envoi-Webhooks/1',
          ...headers,
        },
      },
      (response) => {
        void readAnswer(response).then((answer) => finish(judge(response.statusCode ?? 0, answer)));
      },
    );
    const finish = (posted: Posted): void => {
      clearTimeout(timer);
      request.destroy();
      resolve(posted);
    };
    // Of the whole exchange: a server that drips its answer is as slow as one that gives none.
    const timer = setTimeout(() => finish(failed('timeout')), timeoutMs);
    request.on('error', (error) => finish(failed(problemOf(error))));
    request.end(body);
  });
}

function failed(problem: PostProblem): Posted {
  return { status: null, problem, answer: '' };
}

/** 2xx is a delivery, whatever the text says. */
function judge(status: number, answer: string): Posted {
  if (status >= 200 && status < 300) return { status, problem: null, answer };
  if (status === 410) return { status, problem: 'gone', answer };
  return { status, problem: status >= 300 && status < 400 ? 'redirected' : 'refused', answer };
}

async function readAnswer(response: IncomingMessage): Promise<string> {
  const kept: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of response) {
      const part = Buffer.from(chunk as Uint8Array);
      if (bytes < keptAnswer) kept.push(part);
      bytes += part.length;
      if (bytes > mostAnswer) break;
    }
  } catch {
    // The status has come: what follows it decides nothing.
  }
  // PostgreSQL keeps no NUL in a text.
  return Buffer.concat(kept).subarray(0, keptAnswer).toString('utf8').replaceAll('\0', '');
}

function problemOf(error: Error & { code?: string }): PostProblem {
  const code = error.code ?? '';
  if (code === hostNotAllowed) return 'host_not_allowed';
  if (/^(ENOTFOUND|EAI_)/.test(code)) return 'unknown_host';
  return /CERT|SELF_SIGNED|^ERR_TLS|UNABLE_TO/.test(code) ? 'bad_certificate' : 'no_connection';
}
