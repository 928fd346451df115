import assert from 'node:assert/strict';
import { founded } from './start.ts';

/** A program that uses a running Envoi with the key of its set-up. */
export interface Program {
  /** Asks the API; fails the test unless the answer is good. */
  // biome-ignore lint/suspicious/noExplicitAny: what the API answers is what the tests look at.
  ask(call: string, body?: object | FormData): Promise<any>;
}

/** The program of an Envoi that was founded by variables. */
export function programOf(url: string): Program {
  return {
    ask: async (call, body) => {
      const [method = 'GET', path = ''] = call.split(' ');
      const headers = { authorization: `Bearer ${founded.ENVOI_SETUP_API_KEY}` };
      const answer = await fetch(`${url}/api/v1${path}`, { method, ...payload(body, headers) });
      const text = await answer.text();
      assert.ok(answer.ok, `${call}: ${answer.status} ${text}`);
      return text === '' ? null : JSON.parse(text);
    },
  };
}

function payload(body: object | FormData | undefined, headers: Readonly<Record<string, string>>) {
  if (body === undefined) return { headers };
  if (body instanceof FormData) return { headers, body };
  return { headers: { ...headers, 'content-type': 'application/json' }, body: JSON.stringify(body) };
}

/** A file with its dispatch, as one call takes them. */
export function formWith(bytes: Buffer, fileName: string, dispatch: object): FormData {
  const form = new FormData();
  form.set('file', new File([new Uint8Array(bytes)], fileName));
  form.set('dispatch', JSON.stringify(dispatch));
  return form;
}

/** Connects an SMTP server on this machine as the company's default sender, by the API, and returns its id. */
export async function connectSender(
  program: Program,
  port: number,
  login?: { readonly user: string; readonly password: string },
): Promise<string> {
  const settings = { host: '127.0.0.1', port, security: 'none', user: login?.user ?? null };
  const { id } = await program.ask('POST /senders', {
    method: 'smtp',
    address: 'invoices@vautrin.example',
    settings,
    password: login?.password,
  });
  const checked = await program.ask(`POST /senders/${id}/validate`);
  if (checked.works) await program.ask(`PATCH /senders/${id}`, { isDefault: true });
  return id;
}

/** Looks every 100 ms until `look` returns something; fails after 30 s. */
export async function until<T>(what: string, look: () => Promise<T | false | null | undefined>): Promise<T> {
  for (const end = Date.now() + 30_000; Date.now() < end; ) {
    const seen = await look();
    if (seen) return seen;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  assert.fail(`Waited in vain for: ${what}`);
}
