import * as oauth from 'oauth4webapi';
import type { Provider } from './provider.ts';

/** Tokens as the provider gave them; they go into sealed columns and nowhere else. */
export interface Tokens {
  readonly access: string;
  /** Null: the one before stays good. */
  readonly refresh: string | null;
  readonly secondsLeft: number;
  /** Null: as asked (RFC 6749 §5.1). */
  readonly scopes: string | null;
}

export type Asked<Value> =
  | { readonly ok: true; readonly value: Value }
  | {
      readonly ok: false;
      /** `ended`: the provider says no for good; `app`: it refuses the operator's app; `passing`: it may work later. */
      readonly kind: 'ended' | 'app' | 'passing';
      /** The provider's word and sentence; never a token. */
      readonly message: string;
    };

/** What a consent is begun with, kept by the browser until it comes back. */
export interface Consent {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
}

/** New secrets for one consent (RFC 7636 §4.1, OpenID Connect Core §3.1.2.1). */
export function newConsent(): Consent {
  return {
    state: oauth.generateRandomState(),
    nonce: oauth.generateRandomNonce(),
    verifier: oauth.generateRandomCodeVerifier(),
  };
}

/** Where the browser goes to consent. The account is proposed there, and consent is asked in any case: only so comes a refresh token. */
export async function consentUrl(
  provider: Provider,
  consent: Consent,
  ask: { readonly redirectUri: string; readonly account: string; readonly mailbox: boolean },
): Promise<string> {
  const url = new URL(provider.authorizeUrl);
  const { send, mailbox } = provider.scopes;
  const wanted = ['openid', 'email', ...(provider.name === 'microsoft' ? ['profile', 'offline_access'] : [])];
  const parameters = {
    client_id: provider.clientId,
    response_type: 'code',
    redirect_uri: ask.redirectUri,
    scope: [...wanted, ...send, ...(ask.mailbox ? mailbox : [])].join(' '),
    state: consent.state,
    nonce: consent.nonce,
    code_challenge: await oauth.calculatePKCECodeChallenge(consent.verifier),
    code_challenge_method: 'S256',
    login_hint: ask.account,
    // Google gives a refresh token only so (identity/protocols/oauth2/web-server#offline); `offline_access` is Microsoft's word for it.
    ...(provider.name === 'google'
      ? { access_type: 'offline', prompt: 'consent' }
      : { prompt: 'select_account' }),
  };
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
  return url.href;
}

/** Whose mailbox it is, and its tokens. */
export interface Granted extends Tokens {
  readonly refresh: string;
  /** By what names the provider knows the account: its address, and what one signs in with. Never empty. */
  readonly accounts: readonly [string, ...string[]];
}

/**
 * Turns what the browser brought back into tokens. State, PKCE verifier and nonce must be those of this consent. The address is
 * taken from the ID token, which came straight from the token endpoint over TLS (OpenID Connect Core §3.1.3.7, number 6).
 */
export async function exchangeCode(
  provider: Provider,
  consent: Consent,
  back: { readonly parameters: URLSearchParams; readonly redirectUri: string },
): Promise<Asked<Granted>> {
  const { as, client, auth, options } = partiesOf(provider);
  return asking(async () => {
    const checked = oauth.validateAuthResponse(as, client, back.parameters, consent.state);
    const response = await oauth.authorizationCodeGrantRequest(
      as,
      client,
      auth,
      checked,
      back.redirectUri,
      consent.verifier,
      options,
    );
    const issuer = await issuerOf(provider, response.clone());
    const answer = await oauth.processAuthorizationCodeResponse({ ...as, issuer }, client, response, {
      expectedNonce: consent.nonce,
      requireIdToken: true,
    });
    const [account, ...others] = accountsIn(oauth.getValidatedIdTokenClaims(answer) ?? {});
    const tokens = tokensOf(answer);
    if (!account || !tokens.refresh) throw new Error('the answer names no account or has no refresh token');
    return { ...tokens, refresh: tokens.refresh, accounts: [account, ...others] };
  });
}

/** Asks for a new access token (RFC 6749 §6). A refresh token that comes with it takes the place of the old one. */
export async function refreshTokens(provider: Provider, refreshToken: string): Promise<Asked<Tokens>> {
  const { as, client, auth, options } = partiesOf(provider);
  return asking(async () => {
    const response = await oauth.refreshTokenGrantRequest(as, client, auth, refreshToken, options);
    const issuer = await issuerOf(provider, response.clone());
    return tokensOf(await oauth.processRefreshTokenResponse({ ...as, issuer }, client, response));
  });
}

/** Gives a grant back (RFC 7009). An unknown token counts as given back. */
export async function revokeToken(provider: Provider, token: string): Promise<Asked<null>> {
  const { as, client, auth, options } = partiesOf(provider);
  return asking(async () => {
    await oauth.processRevocationResponse(await oauth.revocationRequest(as, client, auth, token, options));
    return null;
  });
}

const patienceMs = 15_000;
const mostBytes = 256 * 1024; // tokens have some kilobytes

function partiesOf(provider: Provider) {
  const isHere = new URL(provider.tokenUrl).protocol === 'http:'; // the configuration allows that on this machine only
  const options = {
    [oauth.customFetch]: limitedFetch,
    ...(isHere ? { [oauth.allowInsecureRequests]: true } : {}),
    signal: () => AbortSignal.timeout(patienceMs),
  };
  return {
    as: {
      issuer: provider.issuer,
      authorization_endpoint: provider.authorizeUrl,
      token_endpoint: provider.tokenUrl,
      ...(provider.revokeUrl ? { revocation_endpoint: provider.revokeUrl } : {}),
    },
    client: { client_id: provider.clientId, [oauth.clockTolerance]: 60 },
    auth: oauth.ClientSecretPost(provider.clientSecret),
    options,
  };
}

/** Follows no redirect (the library asks for that) and reads no endless answer. */
async function limitedFetch(
  url: string,
  init: oauth.CustomFetchOptions<string, URLSearchParams | undefined>,
): Promise<Response> {
  const response = await fetch(url, init);
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += chunk.length;
    if (bytes > mostBytes) throw new Error('the answer is too long');
    chunks.push(chunk);
  }
  const { status, headers } = response;
  const body = [204, 205, 304].includes(status) ? null : Buffer.concat(chunks);
  return new Response(body, { status, headers });
}

/** Microsoft's tokens are signed by the tenant of the account: its id stands in the token and in the issuer's name. */
async function issuerOf({ issuer }: Provider, response: Response): Promise<string> {
  if (!issuer.includes('{tenantid}')) return issuer;
  const answer = (await response.json().catch(() => null)) as { id_token?: unknown } | null;
  const [, payload = ''] = String(answer?.id_token ?? '').split('.');
  const tenant = /"tid"\s*:\s*"([0-9a-f-]{36})"/i.exec(
    Buffer.from(payload, 'base64url').toString('utf8'),
  )?.[1];
  return issuer.replace('{tenantid}', tenant ?? 'unknown');
}

/** `email`, and with Microsoft the name that one signs in with; either is what SMTP and IMAP want as the user. */
function accountsIn(claims: Readonly<Record<string, unknown>>): string[] {
  if (claims['email_verified'] === false) return [];
  const named = [claims['email'], claims['preferred_username']];
  return named.filter((one): one is string => typeof one === 'string' && one.includes('@'));
}

function tokensOf(answer: oauth.TokenEndpointResponse): Tokens {
  return {
    access: answer.access_token,
    refresh: answer.refresh_token ?? null,
    secondsLeft: answer.expires_in ?? 3600, // RFC 6749 §5.1 leaves it open; both providers give an hour
    scopes: answer.scope ?? null,
  };
}

async function asking<Value>(ask: () => Promise<Value>): Promise<Asked<Value>> {
  try {
    return { ok: true, value: await ask() };
  } catch (error) {
    return { ok: false, ...meaningOf(error) };
  }
}

// RFC 6749 §5.2; the last three are what OpenID Connect Core §3.1.2.6 says when the person has to come again.
const ended = /^(invalid_grant|interaction_required|login_required|consent_required)$/;
const app = /^(invalid_client|unauthorized_client|invalid_scope|unsupported_grant_type|access_denied)$/;

function meaningOf(error: unknown): Omit<Extract<Asked<never>, { ok: false }>, 'ok'> {
  if (error instanceof oauth.ResponseBodyError || error instanceof oauth.AuthorizationResponseError) {
    const message = `${error.error} ${error.error_description ?? ''}`.trim().slice(0, 500);
    const isLater = error instanceof oauth.ResponseBodyError && (error.status >= 500 || error.status === 429);
    const kind = isLater
      ? 'passing'
      : ended.test(error.error)
        ? 'ended'
        : app.test(error.error)
          ? 'app'
          : 'passing';
    return { kind, message };
  }
  // 401 with WWW-Authenticate: the app itself is not let in.
  if (error instanceof oauth.WWWAuthenticateChallengeError) return { kind: 'app', message: 'invalid_client' };
  const { message, cause } = error as Error & { cause?: { code?: string; message?: string } };
  return { kind: 'passing', message: [message, cause?.code].filter(Boolean).join(': ').slice(0, 500) };
}
