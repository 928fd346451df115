import type { Hono } from 'hono';
import { renderPreview } from '#entrypoints/portal';
import { makeWeb } from '../src/entrypoints/web/index.ts';
import { found, open } from '../src/roof/found.ts';
import { findTroubles } from '../src/roof/health.ts';
import type { Installation } from '../src/roof/installation.ts';
import { lookAtMachine } from '../src/roof/look-at-machine.ts';
import { owner } from './installation.ts';

export interface Visitor {
  /** The cookies that the browser holds, by name. */
  readonly cookies: Map<string, string>;
  get(path: string, headers?: Readonly<Record<string, string>>): Promise<Response>;
  post(path: string, form: Form, headers?: Readonly<Record<string, string>>): Promise<Response>;
  /** Opens a page and returns the token of its form. */
  token(path: string): Promise<string>;
  /** Signs in through the page. */
  signIn(who?: { readonly email: string; readonly password: string }): Promise<Response>;
}

type Form = Readonly<Record<string, string | File>>;

/** The staff's screens on an installation, without a socket. */
export async function testWeb(installation: Installation, over: { readonly ip?: () => string } = {}) {
  const { config } = installation;
  return makeWeb({
    ...installation,
    publicUrl: config.publicUrl,
    portalUrl: config.portalUrl,
    clientIp: over.ip ?? (() => '192.0.2.10'),
    found: (input) => found(installation, input),
    open: (input) => open(installation, input),
    findTroubles: () => findTroubles(installation),
    lookAtMachine: () => lookAtMachine(installation),
    renderPortal: (tx, of) => renderPreview(tx, of, installation.clock()),
  });
}

/** A browser without a window and without scripts: keeps cookies, sends what browsers send. */
export function visitor(app: Pick<Hono, 'request'>, origin = 'http://localhost:3000'): Visitor {
  const cookies = new Map<string, string>();
  const ask = async (path: string, init: RequestInit): Promise<Response> => {
    const headers = new Headers(init.headers);
    headers.set('host', new URL(origin).host);
    if (!headers.has('accept')) headers.set('accept', 'text/html');
    headers.set('cookie', [...cookies].map(([name, value]) => `${name}=${value}`).join('; '));
    const answer = await app.request(`${origin}${path}`, { ...init, headers });
    for (const line of answer.headers.getSetCookie()) keep(cookies, line);
    return answer;
  };
  const self: Visitor = {
    cookies,
    get: (path, headers) => ask(path, { headers }),
    post: (path, form, headers = {}) => {
      const body = new FormData();
      for (const [name, value] of Object.entries(form)) body.append(name, value);
      const common = { origin, 'sec-fetch-site': 'same-origin' };
      return ask(path, { method: 'POST', body, headers: { ...common, ...headers } });
    },
    token: async (path) => tokenIn(await (await self.get(path)).text()),
    signIn: async ({ email, password } = owner) =>
      self.post('/sign-in', { csrf: await self.token('/sign-in'), email, password }),
  };
  return self;
}

/** The token that the forms of a page carry. */
export function tokenIn(html: string): string {
  const token = /name="csrf" (?:value|content)="([^"]+)"/.exec(html)?.[1];
  if (!token) throw new Error('The page has no token.');
  return token;
}

function keep(cookies: Map<string, string>, line: string): void {
  const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
  if (/max-age=0/i.test(line)) cookies.delete(name);
  else cookies.set(name, decodeURIComponent(value));
}
