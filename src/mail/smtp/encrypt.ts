import { isIP, type Socket } from 'node:net';
import { connect, type TLSSocket } from 'node:tls';
import type { SmtpOptions } from './options.ts';
import type { SmtpError, TlsFacts } from './outcome.ts';

export type Encrypted =
  | { readonly ok: true; readonly socket: Socket; readonly facts: TlsFacts }
  | { readonly ok: false; readonly error: SmtpError };

/**
 * Makes a connection a TLS connection. The certificate is looked at and reported, not judged: the caller decides
 * before it says another word. No sessions are resumed, so the certificate is seen every time.
 */
export function encrypt(plain: Socket, options: SmtpOptions, timeoutMs: number): Promise<Encrypted> {
  const name = options.serverName ?? options.host;
  const settings = {
    socket: plain,
    host: name,
    // RFC 6066 §3: no literal addresses in the server name.
    servername: isIP(name) ? '' : name,
    rejectUnauthorized: false,
  };
  return new Promise((resolve) => {
    let socket: TLSSocket;
    try {
      socket = connect({ ...settings, ca: options.ca === undefined ? undefined : [options.ca].flat() });
    } catch (error) {
      // A certificate to trust that cannot be read.
      plain.destroy();
      return resolve({ ok: false, error: { code: 'ca', message: String(error) } });
    }
    const fail = (code: string, message: string): void => {
      clearTimeout(timer);
      socket.destroy();
      resolve({ ok: false, error: { code, message } });
    };
    const timer = setTimeout(() => fail('timeout', `no TLS within ${timeoutMs / 1000} s`), timeoutMs);
    socket.on('error', (error: NodeJS.ErrnoException) => fail(error.code ?? error.name, error.message));
    socket.once('close', () => fail('closed', 'the server closed the connection instead of beginning TLS'));
    socket.once('secureConnect', () => {
      clearTimeout(timer);
      resolve({ ok: true, socket, facts: factsOf(socket) });
    });
  });
}

function factsOf(socket: TLSSocket): TlsFacts {
  const certificate = socket.getPeerCertificate();
  const validTo = certificate.valid_to ? new Date(certificate.valid_to) : null;
  return {
    protocol: socket.getProtocol(),
    cipher: socket.getCipher()?.standardName ?? null,
    authorized: socket.authorized,
    // Typed as Error, in fact OpenSSL's or Node's code as a string.
    authorizationError: socket.authorized ? null : String(socket.authorizationError ?? 'unknown'),
    names: namesOf(certificate.subjectaltname, certificate.subject?.CN),
    fingerprint256: certificate.fingerprint256 ?? null,
    validTo: validTo && !Number.isNaN(validTo.getTime()) ? validTo.toISOString() : null,
  };
}

function namesOf(alternatives: string | undefined, commonName: string | string[] | undefined): string[] {
  const names = [...(alternatives ?? '').matchAll(/(?:DNS|IP Address):("[^"]*"|[^,\s]+)/g)];
  // A certificate may carry thousands of names; fifty are enough to understand what went wrong.
  if (names.length > 0) return names.slice(0, 50).map((found) => found[1] as string);
  return commonName === undefined ? [] : [commonName].flat();
}
