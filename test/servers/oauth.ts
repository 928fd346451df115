import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { bodyOf, json, token } from './http-parts.ts';
import { describeIssuer, type IssuerKeys, makeIssuerKeys } from './openid.ts';

/** What a test says about the accounts of a provider and how it behaves. */
export interface OauthOptions {
  readonly clientId?: string;
  readonly clientSecret?: string;
  /** Gives a new refresh token with each access token and ends the old one, as some do; a second use ends the whole grant. */
  readonly rotates?: boolean;
  /** Seconds for which access tokens are said to be good; default 3600. */
  readonly lifetime?: number;
  /** Scopes that people untick; by default none. */
  readonly unticked?: readonly string[];
  /** Put into ID tokens besides, or instead of, what belongs there. */
  readonly claims?: Readonly<Record<string, unknown>>;
  /** Signs ID tokens with another key than it publishes. */
  readonly signsStrangely?: boolean;
}

/** A small authorization server (RFC 6749, 7636, 7009, OpenID Connect) with a page on which a person consents. */
export interface OauthServer {
  readonly url: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** `authorize=… token=… …`, as the configuration takes it. */
  readonly endpoints: string;
  /** Who is signed in there: whose mailbox the next consent is about. */
  account: string;
  /** Put into ID tokens besides, or instead of, what belongs there; undefined takes away. */
  claims: Readonly<Record<string, unknown>>;
  /** Said at the userinfo endpoint besides `sub`. */
  userinfo: Readonly<Record<string, unknown>>;
  /** Answers the token endpoint with this until it is null again. */
  trouble: { readonly status: number; readonly error: string } | null;
  /** Calls of the token endpoint by grant type, and of the revocation endpoint. */
  readonly asked: string[];
  readonly revoked: string[];
  /** Plays the browser: follows a consent address and returns where the provider sends it back. */
  consent(url: string, answer?: 'allow' | 'deny'): Promise<URL>;
  /** Tells whether a token is good for an account just now. */
  isGood(account: string, token: string): boolean;
  /** Whose token it is, or null. */
  ownerOf(token: string): string | null;
  /** Ends what an account has granted, as its owner can there. */
  withdraw(account: string): void;
  /** Makes all access tokens worthless, their time notwithstanding. */
  spoilTokens(): void;
  close(): Promise<void>;
}

interface Grant {
  readonly account: string;
  readonly scope: string;
  refresh: string;
  readonly spent: Set<string>;
  isOver: boolean;
}

interface State {
  readonly options: OauthOptions;
  readonly self: OauthServer;
  readonly codes: Map<string, { readonly grant: Grant; readonly query: URLSearchParams }>;
  readonly grants: Grant[];
  readonly access: Map<string, Grant>;
  readonly keys: IssuerKeys;
}

/** Listens on a free port of 127.0.0.1. */
export async function startOauth(options: OauthOptions = {}): Promise<OauthServer> {
  const keys = makeIssuerKeys(options.signsStrangely);
  const state = { options, codes: new Map(), grants: [], access: new Map(), keys } as unknown as State;
  const server = createServer((request, response) => {
    answer(state, request, response).catch((error: unknown) => {
      response.writeHead(500).end(String(error));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const url = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
  const self: OauthServer = {
    url,
    clientId: options.clientId ?? 'envoi-tests',
    clientSecret: options.clientSecret ?? 'a-client-secret',
    endpoints: `authorize=${url}/authorize token=${url}/token revoke=${url}/revoke issuer=${url}`,
    account: 'claire@vautrin.example',
    claims: options.claims ?? {},
    userinfo: {},
    trouble: null,
    asked: [],
    revoked: [],
    consent: async (consentUrl, how = 'allow') => {
      const query = new URL(consentUrl).searchParams;
      return new URL(decide(state, query, how));
    },
    isGood: (account, token) => ownerOf(state, token) === account,
    ownerOf: (token) => ownerOf(state, token),
    withdraw: (account) => {
      for (const grant of state.grants) if (grant.account === account) grant.isOver = true;
    },
    spoilTokens: () => state.access.clear(),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  Object.assign(state, { self });
  return self;
}

function ownerOf({ access }: State, token: string): string | null {
  const grant = access.get(token);
  return grant && !grant.isOver ? grant.account : null;
}

async function answer(state: State, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? '/', state.self.url);
  if (url.pathname === '/.well-known/openid-configuration')
    return json(response, 200, describeIssuer(state.self.url));
  if (url.pathname === '/jwks') return json(response, 200, state.keys.jwks);
  if (url.pathname === '/userinfo') return showPerson(state, request, response);
  if (url.pathname === '/authorize') return showConsent(state, url, response);
  if (url.pathname === '/decide') {
    const location = decide(
      state,
      url.searchParams,
      url.searchParams.get('answer') === 'deny' ? 'deny' : 'allow',
    );
    response.writeHead(302, { location }).end();
    return;
  }
  if (url.pathname === '/introspect') {
    const owner = ownerOf(state, url.searchParams.get('token') ?? '');
    return json(response, 200, { active: owner !== null, username: owner ?? '' });
  }
  const form = new URLSearchParams(await bodyOf(request));
  if (form.get('client_id') !== state.self.clientId || form.get('client_secret') !== state.self.clientSecret)
    return json(response, 401, { error: 'invalid_client' });
  if (url.pathname === '/revoke') {
    state.self.revoked.push(form.get('token') ?? '');
    for (const grant of state.grants) if (grant.refresh === form.get('token')) grant.isOver = true;
    return json(response, 200, {});
  }
  state.self.asked.push(form.get('grant_type') ?? '');
  if (state.self.trouble)
    return json(response, state.self.trouble.status, { error: state.self.trouble.error });
  const grant = form.get('grant_type') === 'refresh_token' ? byRefresh(state, form) : byCode(state, form);
  if (!grant)
    return json(response, 400, {
      error: 'invalid_grant',
      error_description: 'Token has been expired or revoked.',
    });
  return json(response, 200, tokens(state, grant.grant, grant.nonce));
}

function showPerson(state: State, { headers }: IncomingMessage, response: ServerResponse): void {
  const sub = ownerOf(state, headers.authorization?.replace(/^Bearer /, '') ?? '');
  json(response, sub ? 200 : 401, sub ? { sub, ...state.self.userinfo } : {});
}

function showConsent({ self }: State, url: URL, response: ServerResponse): void {
  const link = (how: string) =>
    `/decide?${new URLSearchParams([...url.searchParams, ['answer', how]])}`.replaceAll('&', '&amp;');
  response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
  response.end(
    `<!doctype html><html lang="en"><link rel="icon" href="data:,"><title>Consent</title><h1>May Envoi use the mailbox ${self.account}?</h1>
     <p>${url.searchParams.get('scope')}</p><a href="${link('allow')}">Allow</a> <a href="${link('deny')}">Deny</a></html>`,
  );
}

function decide(state: State, query: URLSearchParams, how: 'allow' | 'deny'): string {
  const back = new URL(query.get('redirect_uri') ?? '');
  back.searchParams.set('state', query.get('state') ?? '');
  if (how === 'deny') {
    back.searchParams.set('error', 'access_denied');
    return back.href;
  }
  const wanted = (query.get('scope') ?? '')
    .split(' ')
    .filter((one) => !state.options.unticked?.includes(one));
  const refresh = token();
  const grant: Grant = {
    account: state.self.account,
    scope: wanted.join(' '),
    refresh,
    spent: new Set(),
    isOver: false,
  };
  state.grants.push(grant);
  const code = token();
  state.codes.set(code, { grant, query });
  back.searchParams.set('code', code);
  return back.href;
}

function byCode(state: State, form: URLSearchParams): { grant: Grant; nonce: string | null } | null {
  const kept = state.codes.get(form.get('code') ?? '');
  state.codes.delete(form.get('code') ?? '');
  if (!kept || kept.query.get('redirect_uri') !== form.get('redirect_uri')) return null;
  const challenge = createHash('sha256')
    .update(form.get('code_verifier') ?? '')
    .digest('base64url');
  const isProven =
    kept.query.get('code_challenge_method') === 'S256' && kept.query.get('code_challenge') === challenge;
  return isProven ? { grant: kept.grant, nonce: kept.query.get('nonce') } : null;
}

function byRefresh(state: State, form: URLSearchParams): { grant: Grant; nonce: null } | null {
  const given = form.get('refresh_token') ?? '';
  const grant = state.grants.find((one) => one.refresh === given || one.spent.has(given));
  if (!grant || grant.isOver) return null;
  // RFC 9700 §4.14.2: a refresh token that comes a second time was stolen from somebody.
  if (grant.spent.has(given)) grant.isOver = true;
  if (grant.isOver) return null;
  if (state.options.rotates) {
    grant.spent.add(given);
    grant.refresh = token();
  }
  return { grant, nonce: null };
}

function tokens(state: State, grant: Grant, nonce: string | null): object {
  const access = token();
  state.access.set(access, grant);
  const isNew = nonce !== null;
  return {
    access_token: access,
    token_type: 'Bearer',
    expires_in: state.options.lifetime ?? 3600,
    scope: grant.scope,
    ...(isNew || state.options.rotates ? { refresh_token: grant.refresh } : {}),
    ...(isNew ? { id_token: idToken(state, grant, nonce) } : {}),
  };
}

function idToken({ keys, self }: State, grant: Grant, nonce: string): string {
  const now = Math.floor(Date.now() / 1000);
  const claims = {
    iss: self.url,
    aud: self.clientId,
    sub: grant.account,
    iat: now,
    exp: now + 600,
    nonce,
    email: grant.account,
  };
  return keys.token({ ...claims, ...self.claims });
}
