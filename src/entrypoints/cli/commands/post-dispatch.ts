import { pause, second } from '#base/time';

/** A running installation. */
export interface Target {
  readonly url: string;
  readonly key: string;
}

interface DispatchSummary {
  readonly id: string;
  readonly state: string;
  readonly messages: readonly { readonly role: string; readonly address: string }[];
}

interface Problem {
  readonly title?: string;
  readonly detail?: string;
  readonly errors?: readonly { readonly path: string; readonly message: string }[];
}

export type Posted =
  | { readonly ok: true; readonly dispatch: DispatchSummary }
  | { readonly ok: false; readonly sentence: string; readonly problem?: Problem };

const tries = 4;
const patience = 120 * second; // 25 MB over a slow line

/**
 * Takes a file in and sends it in one call. A call that broke off is repeated with the same idempotency key: the installation
 * does it once.
 */
export async function postDispatch(
  target: Target,
  order: {
    readonly fileName: string;
    readonly bytes: Uint8Array;
    readonly dispatch: Readonly<Record<string, unknown>>;
    readonly idempotencyKey: string;
  },
): Promise<Posted> {
  const form = new FormData();
  form.set('file', new Blob([new Uint8Array(order.bytes)]), order.fileName);
  form.set('dispatch', JSON.stringify(order.dispatch));
  const headers = { authorization: `Bearer ${target.key}`, 'idempotency-key': order.idempotencyKey };
  for (let left = tries - 1; ; left -= 1) {
    const answer = await post(`${target.url}/api/v1/dispatches`, form, headers);
    const mayPass = 'why' in answer || answer.status === 503 || isInFlight(answer);
    if (mayPass && left > 0) {
      await pause((tries - left) * second);
      continue;
    }
    if ('why' in answer)
      return {
        ok: false,
        sentence: `${target.url} does not answer (${answer.why}). Is Envoi running there?`,
      };
    return answer.status === 202
      ? { ok: true, dispatch: answer.json as DispatchSummary } // our own API's answer
      : refusedBy(answer);
  }
}

type Answered = { readonly status: number; readonly json: unknown };

async function post(
  url: string,
  body: FormData,
  headers: Readonly<Record<string, string>>,
): Promise<Answered | { readonly why: string }> {
  try {
    const signal = AbortSignal.timeout(patience);
    const response = await fetch(url, { method: 'POST', body, headers, signal, redirect: 'error' });
    const text = await response.text();
    return { status: response.status, json: parse(text) };
  } catch (error) {
    const cause = error instanceof Error ? (error.cause as NodeJS.ErrnoException | undefined) : undefined;
    return { why: cause?.code ?? (error instanceof Error ? error.message : String(error)) };
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function isInFlight({ status, json }: Answered): boolean {
  return status === 409 && (json as { code?: unknown } | null)?.code === 'request_in_flight';
}

function refusedBy({ status, json }: Answered): Posted {
  const problem = (json ?? {}) as Problem;
  const fields = (problem.errors ?? []).map(({ path, message }) => `${path}: ${message}`);
  const words = fields.length > 0 ? fields.join(' ') : (problem.detail ?? problem.title);
  return { ok: false, sentence: words ?? `the installation answered with ${status}.`, problem };
}
