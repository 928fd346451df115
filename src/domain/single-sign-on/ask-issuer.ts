import * as oauth from 'oauth4webapi';
import { type GuardedNet, makeGuardedFetch } from '#domain/senders';
import type { Identity } from './single-sign-on.ts';

/** What a way to the issuer is begun with, kept by the browser until it comes back. */
export interface Way {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
}

export type Asked<Value> =
  | { readonly ok: true; readonly value: Value }
  | {
      readonly ok: false;
      /** `refused`: the issuer says no; `unfit`: its answer is not as it must be; `unreachable`: there is none. */
      readonly kind: 'unreachable' | 'refused' | 'unfit';
      /** For the log; no token and no person stands in it. */
      readonly message: string;
    };

/** An issuer that has everything that is needed here. */
export type Issuer = oauth.AuthorizationServer & {
  readonly authorization_endpoint: string;
  readonly token_endpoint: string;
  readonly jwks_uri: string;
};

/** New secrets for one way (RFC 7636 §4.1, OpenID Connect Core §3.1.2.1). */
export function newWay(): Way {
  return {
    state: oauth.generateRandomState(),
    nonce: oauth.generateRandomNonce(),
    verifier: oauth.generateRandomCodeVerifier(),
  };
}

/** Reads what an issuer says of itself (OpenID Connect Discovery §4); its name must be the one that was asked for. */
export function describeIssuer(net: GuardedNet, issuer: string): Promise<Asked<Issuer>> {
  return asking(() => discover(net, issuer));
}

/** Where the browser goes. */
export async function wayThere(as: Issuer, clientId: string, way: Way, redirectUri: string): Promise<string> {
  const url = new URL(as.authorization_endpoint);
  const parameters = {
    client_id: clientId,
    response_type: 'code',
    redirect_uri: redirectUri,
    scope: 'openid email profile',
    state: way.state,
    nonce: way.nonce,
    code_challenge: await oauth.calculatePKCECodeChallenge(way.verifier),
    code_challenge_method: 'S256',
  };
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
  return url.href;
}

/**
 * Turns what the browser brought back into a person. State, verifier and nonce must be those of this way; issuer, audience, time and
 * signature of the ID token are checked (OpenID Connect Core §3.1.3.7, RFC 9207 for the issuer in the answer).
 */
export function whoCame(
  net: GuardedNet,
  client: { readonly issuer: string; readonly clientId: string; readonly clientSecret: string },
  way: Way,
  back: { readonly parameters: URLSearchParams; readonly redirectUri: string },
): Promise<Asked<Identity>> {
  return asking(async () => {
    const as = await discover(net, client.issuer);
    const options = optionsOf(net, client.issuer);
    const self = { client_id: client.clientId, [oauth.clockTolerance]: 60 };
    const checked = oauth.validateAuthResponse(as, self, back.parameters, way.state);
    const response = await oauth.authorizationCodeGrantRequest(
      as,
      self,
      authOf(as, client.clientSecret),
      checked,
      back.redirectUri,
      way.verifier,
      options,
    );
    const answer = await oauth.processAuthorizationCodeResponse(as, self, response, {
      expectedNonce: way.nonce,
      requireIdToken: true,
    });
    await oauth.validateApplicationLevelSignature(as, response, options);
    const claims = oauth.getValidatedIdTokenClaims(answer);
    if (!claims) throw new Error('the answer has no ID token');
    if (claims['email'] !== undefined || !as.userinfo_endpoint) return identityOf(claims.sub, claims);
    // Some put the address there only (OpenID Connect Core §5.4).
    const more = await oauth.userInfoRequest(as, self, answer.access_token, options);
    return identityOf(claims.sub, await oauth.processUserInfoResponse(as, self, claims.sub, more));
  });
}

async function discover(net: GuardedNet, issuer: string): Promise<Issuer> {
  const url = new URL(issuer);
  const response = await oauth.discoveryRequest(url, { algorithm: 'oidc', ...optionsOf(net, issuer) });
  const as = await oauth.processDiscoveryResponse(url, response);
  const { authorization_endpoint, token_endpoint, jwks_uri } = as;
  if (!authorization_endpoint || !token_endpoint || !jwks_uri) throw new Error('an endpoint is missing');
  if (new URL(authorization_endpoint).protocol !== url.protocol) throw new Error('an endpoint is no https');
  return { ...as, authorization_endpoint, token_endpoint, jwks_uri };
}

function optionsOf(net: GuardedNet, issuer: string) {
  return {
    [oauth.customFetch]: makeGuardedFetch(net),
    // Only an issuer on this machine is taken without TLS (`inputProblems`).
    ...(new URL(issuer).protocol === 'http:' ? { [oauth.allowInsecureRequests]: true } : {}),
  };
}

/** In the body where the issuer takes it: it is not encoded twice there, which some read wrongly in the header (RFC 6749 §2.3.1). */
function authOf(as: Issuer, secret: string): oauth.ClientAuth {
  const known = as.token_endpoint_auth_methods_supported ?? ['client_secret_basic'];
  return known.includes('client_secret_post')
    ? oauth.ClientSecretPost(secret)
    : oauth.ClientSecretBasic(secret);
}

function identityOf(subject: string, claims: Readonly<Record<string, unknown>>): Identity {
  const text = (name: string) => (typeof claims[name] === 'string' ? claims[name].trim() : '');
  const [first = '', ...rest] = text('name').split(/\s+/);
  // `email_verified`: OpenID Connect Core §5.1. Microsoft says the same by the optional claim `xms_edov`: the domain's owner is the tenant.
  const isYes = (value: unknown) => value === true || value === 'true' || value === 1 || value === '1';
  return {
    subject,
    email: text('email') || null,
    isVerified: isYes(claims['email_verified']) || isYes(claims['xms_edov']),
    firstName: text('given_name') || first,
    lastName: text('family_name') || rest.join(' '),
  };
}

async function asking<Value>(ask: () => Promise<Value>): Promise<Asked<Value>> {
  try {
    return { ok: true, value: await ask() };
  } catch (error) {
    return { ok: false, ...meaningOf(error) };
  }
}

function meaningOf(error: unknown): { kind: 'unreachable' | 'refused' | 'unfit'; message: string } {
  if (error instanceof oauth.ResponseBodyError || error instanceof oauth.AuthorizationResponseError)
    return { kind: 'refused', message: error.error.slice(0, 200) };
  if (error instanceof oauth.WWWAuthenticateChallengeError)
    return { kind: 'refused', message: 'invalid_client' };
  const { message, code } = error as Error & { code?: string };
  const isTransport = /^(E[A-Z_]+|CERT|SELF_SIGNED|UNABLE_|DEPTH_ZERO)/.test(code ?? '');
  const isOurs = /^(timeout|host_not_allowed|the answer is too long)$/.test(message);
  const kind = isTransport || isOurs ? 'unreachable' : 'unfit';
  return { kind, message: [message, code].filter(Boolean).join(': ').slice(0, 300) };
}
