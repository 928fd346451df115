import { Resolver } from 'node:dns/promises';
import { connect, isIP, isIPv6, type Socket } from 'node:net';
import type { SmtpOptions } from './options.ts';
import type { SmtpError } from './outcome.ts';

export type Dialed =
  | { readonly ok: true; readonly socket: Socket }
  | { readonly ok: false; readonly error: SmtpError; readonly isNameAbsent: boolean };

/** Node gives each address of a name 250 ms by default, too little for a slow line. */
const perAddressMs = 3000;

/** Opens a TCP connection, trying the name's addresses in turn. Waits at most `timeoutMs`. */
export async function dial(options: SmtpOptions, timeoutMs: number): Promise<Dialed> {
  const opened = await open(options, timeoutMs);
  if (!('error' in opened)) return { ok: true, socket: opened.socket };
  const notFound = opened.error.code === 'ENOTFOUND';
  // A machine that is offline often says "not found" too; only a DNS server's word makes it final.
  const isNameAbsent = notFound && (await (options.isNameAbsent ?? askDns)(options.host));
  return { ok: false, error: opened.error, isNameAbsent };
}

function open(options: SmtpOptions, timeoutMs: number): Promise<{ socket: Socket } | { error: SmtpError }> {
  return new Promise((resolve) => {
    const socket = connect({
      host: options.host,
      port: options.port,
      lookup: options.lookup,
      noDelay: true,
      keepAlive: true,
      keepAliveInitialDelay: 60_000,
      autoSelectFamily: true,
      autoSelectFamilyAttemptTimeout: perAddressMs,
      ...(options.localAddress ? fromAddress(options.localAddress) : {}),
    });
    const timer = setTimeout(() => fail('timeout', `no connection within ${timeoutMs / 1000} s`), timeoutMs);
    const fail = (code: string, message: string): void => {
      clearTimeout(timer);
      socket.destroy();
      resolve({ error: { code, message } });
    };
    socket.once('connect', () => {
      clearTimeout(timer);
      resolve({ socket });
    });
    // Stays attached for the life of the socket: a late error must never be an uncaught one.
    socket.on('error', (error) => fail(codeOf(error), error.message || codeOf(error)));
  });
}

function fromAddress(localAddress: string): { localAddress: string; family: 4 | 6 } {
  return { localAddress, family: isIPv6(localAddress) ? 6 : 4 };
}

/** With several addresses tried, the errors come as one bundle; the first one speaks for it. */
function codeOf(error: NodeJS.ErrnoException): string {
  const first = error instanceof AggregateError ? error.errors[0] : error;
  return first?.code ?? error.code ?? error.name;
}

async function askDns(host: string): Promise<boolean> {
  if (isIP(host)) return false;
  const resolver = new Resolver({ timeout: 3000, tries: 2 });
  try {
    await resolver.resolve4(host);
    return false;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ENOTFOUND';
  }
}
