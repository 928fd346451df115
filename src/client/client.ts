import createClient, { type Client as FetchClient } from 'openapi-fetch';
import type { components, paths } from './api-types.ts';

export type Client = FetchClient<paths>;

/** A running installation. */
export interface Target {
  /** Its address, without a path. */
  readonly url: string;
  readonly key: string;
  /** In place of the system's, for tests. */
  readonly fetch?: (request: Request) => Promise<Response>;
  /** How long to wait before the nth repetition, in milliseconds. */
  readonly pauseMs?: (repetition: number) => number;
}

/** The installation did not answer at all, also not when asked again. */
export class Unreachable extends Error {
  readonly code: string;
  constructor(cause: unknown) {
    super('The installation does not answer.', { cause });
    this.code = codeOf(cause);
  }
}

const tries = 4;
const patienceMs = 120_000; // 25 MB over a slow line

/** A client for an installation's API (`/api/v1`), typed by its description. */
export function makeClient(target: Target): Client {
  return createClient<paths>({
    baseUrl: `${target.url.replace(/\/+$/, '')}/api/v1`,
    headers: { authorization: `Bearer ${target.key}` },
    fetch: (request: Request) => patientFetch(target, request),
    redirect: 'error', // the key must not follow to somebody else
    bodySerializer: (body: unknown) => JSON.stringify(body),
  });
}

/** What a refusal says, as a sentence: the fields that are wrong, or the problem itself (RFC 9457 §3.1). */
export function problemSentence(
  problem: components['schemas']['Problem'] | undefined,
  status: number,
): string {
  const fields = (problem?.errors ?? []).map(({ path, message }) => `${path}: ${message}`);
  const words = fields.length > 0 ? fields.join(' ') : (problem?.detail ?? problem?.title);
  return words ?? `The installation answered with ${status}.`;
}

async function patientFetch(target: Target, request: Request): Promise<Response> {
  const ask = target.fetch ?? fetch;
  const mayRepeat = request.method === 'GET' || request.headers.has('idempotency-key');
  for (let left = mayRepeat ? tries - 1 : 0; ; left -= 1) {
    try {
      const again = left > 0 ? request.clone() : request;
      const response = await ask(new Request(again, { signal: AbortSignal.timeout(patienceMs) }));
      if (left === 0 || !(await mayPass(response))) return response;
    } catch (error) {
      if (left === 0) throw new Unreachable(error);
    }
    await pause((target.pauseMs ?? usualPauseMs)(tries - left));
  }
}

/** The installation is starting, or works on the same call already. */
async function mayPass(response: Response): Promise<boolean> {
  if (response.status === 503) return true;
  if (response.status !== 409) return false;
  const problem = (await response.clone().json()) as { readonly code?: string };
  return problem.code === 'request_in_flight';
}

function usualPauseMs(repetition: number): number {
  return repetition * 1000;
}

function pause(ms: number): Promise<void> {
  return new Promise((done) => setTimeout(done, ms));
}

function codeOf(error: unknown): string {
  const cause = error instanceof Error ? (error.cause as NodeJS.ErrnoException | undefined) : undefined;
  return cause?.code ?? (error instanceof Error ? error.message : String(error));
}
