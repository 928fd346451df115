import { generateKeyPairSync, sign } from 'node:crypto';

/** The keys of an issuer of ID tokens: what it publishes, and how it signs. */
export interface IssuerKeys {
  readonly jwks: object;
  /** A token (RFC 7519) signed with RS256. */
  token(claims: object): string;
}

/** Makes an issuer's key. `strange`: signs with another one than it publishes. */
export function makeIssuerKeys(strange = false): IssuerKeys {
  const pair = () => generateKeyPairSync('rsa', { modulusLength: 2048 });
  const shown = pair();
  const { privateKey } = strange ? pair() : shown;
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  return {
    jwks: { keys: [{ ...shown.publicKey.export({ format: 'jwk' }), kid: 'one', use: 'sig', alg: 'RS256' }] },
    token: (claims) => {
      const signed = `${part({ alg: 'RS256', typ: 'JWT', kid: 'one' })}.${part(claims)}`;
      return `${signed}.${sign('sha256', Buffer.from(signed), privateKey).toString('base64url')}`;
    },
  };
}

/** What an issuer says of itself (OpenID Connect Discovery §4.2). */
export function describeIssuer(url: string): object {
  return {
    issuer: url,
    authorization_endpoint: `${url}/authorize`,
    token_endpoint: `${url}/token`,
    userinfo_endpoint: `${url}/userinfo`,
    jwks_uri: `${url}/jwks`,
    response_types_supported: ['code'],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: ['RS256'],
    token_endpoint_auth_methods_supported: ['client_secret_post'],
  };
}
