import { lookup as systemLookup } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import type { ImapFlow } from 'imapflow';

/** Where a mailbox is and how to sign in; `secret` goes nowhere else. */
export interface ImapAccess {
  readonly host: string;
  readonly port: number;
  readonly security: 'implicit' | 'starttls' | 'none';
  readonly user: string;
  /** A password, or with `xoauth2` an access token. */
  readonly secret: string;
  readonly method?: 'xoauth2';
  readonly verifyCertificate: boolean;
  /** Resolves the host and leaves out what may not be dialed; absent: the system's. */
  readonly lookup?: LookupFunction;
}

/** Why a mailbox cannot be read, as a stable word. */
export type ImapProblem =
  | 'connection_refused'
  | 'connection_timeout'
  | 'host_not_found'
  | 'certificate_invalid'
  | 'tls_failed'
  | 'wrong_password'
  | 'network_error'
  | 'protocol_error'
  | 'host_not_allowed';

export type ConnectedImap =
  | { readonly ok: true; readonly client: ImapFlow }
  | { readonly ok: false; readonly problem: ImapProblem; readonly answer: string };

const connectMs = 20_000;
const silenceMs = 5 * 60_000; // IDLE is renewed before servers hang up at 29 minutes, and routers at far less

/** Connects and signs in, at the first of the host's addresses that answers. Never rejects. */
export async function connectImap(access: ImapAccess): Promise<ConnectedImap> {
  let last: unknown = new Error('The host has no address.');
  try {
    for (const address of await addressesOf(access)) {
      const client = await clientFor(access, address);
      try {
        await client.connect();
        return { ok: true, client };
      } catch (error) {
        client.close();
        last = error;
        if (!isUnreachable(error)) break;
      }
    }
  } catch (error) {
    last = error;
  }
  return { ok: false, ...problemOf(last) };
}

/** Says good-bye, and hangs up after two seconds whether that was answered or not. */
export async function leaveImap(client: ImapFlow): Promise<void> {
  await Promise.race([client.logout(), new Promise((resolve) => setTimeout(resolve, 2000).unref())]).catch(
    () => undefined,
  );
  client.close();
}

/** What was resolved is what is dialed: a name cannot point elsewhere a moment later. */
function addressesOf({ host, lookup }: ImapAccess): Promise<readonly string[]> {
  if (isIP(host)) return Promise.resolve([host]);
  const resolve = lookup ?? (systemLookup as LookupFunction);
  return new Promise((tell, fail) => {
    resolve(host, { all: true }, (error, found) => {
      if (error) fail(error);
      else tell((Array.isArray(found) ? found : [{ address: found }]).map((one) => one.address));
    });
  });
}

async function clientFor(access: ImapAccess, address: string): Promise<ImapFlow> {
  const { ImapFlow } = await import('imapflow'); // loaded with the first mailbox: most starts read none
  const client = new ImapFlow({
    host: address,
    ...(isIP(access.host) ? {} : { servername: access.host }),
    port: access.port,
    secure: access.security === 'implicit',
    doSTARTTLS: access.security === 'implicit' ? undefined : access.security === 'starttls',
    tls: { rejectUnauthorized: access.verifyCertificate },
    auth: {
      user: access.user,
      ...(access.method === 'xoauth2' ? { accessToken: access.secret } : { pass: access.secret }),
    },
    logger: false,
    emitLogs: false,
    connectionTimeout: connectMs,
    greetingTimeout: connectMs,
    socketTimeout: silenceMs * 2,
    maxIdleTime: silenceMs,
  });
  client.on('error', () => undefined); // what breaks is seen by whoever waits or asks
  return client;
}

const unreachable: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ETIMEDOUT',
  'CONNECT_TIMEOUT',
  'ENETUNREACH',
  'EHOSTUNREACH',
]);

function isUnreachable(error: unknown): boolean {
  return unreachable.has((error as { code?: string }).code ?? '');
}

const byCode: Readonly<Record<string, ImapProblem>> = {
  ECONNREFUSED: 'connection_refused',
  ETIMEDOUT: 'connection_timeout',
  CONNECT_TIMEOUT: 'connection_timeout',
  GREEETING_TIMEOUT: 'connection_timeout',
  ENOTFOUND: 'host_not_found',
  EAI_AGAIN: 'host_not_found',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'certificate_invalid',
  SELF_SIGNED_CERT_IN_CHAIN: 'certificate_invalid',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'certificate_invalid',
  CERT_HAS_EXPIRED: 'certificate_invalid',
  ERR_TLS_CERT_ALTNAME_INVALID: 'certificate_invalid',
  ECONNRESET: 'network_error',
  EPIPE: 'network_error',
  host_not_allowed: 'host_not_allowed',
};

/** The stable word for what broke, and what the server said. */
export function problemOf(error: unknown): { problem: ImapProblem; answer: string } {
  const { code, authenticationFailed, responseText, message } = error as {
    code?: string;
    authenticationFailed?: boolean;
    responseText?: string;
    message?: string;
  };
  const answer = String(responseText ?? message ?? '').slice(0, 1000);
  if (authenticationFailed) return { problem: 'wrong_password', answer };
  if (code?.startsWith('ERR_SSL') || code?.startsWith('ERR_TLS_'))
    return { problem: byCode[code] ?? 'tls_failed', answer };
  return { problem: byCode[code ?? ''] ?? 'protocol_error', answer };
}
