import { getServers } from 'node:dns';
import type { Dns } from './answer.ts';
import { type Asking, askServer, type DnsServer } from './ask-server.ts';
import { type Answered, followAliases } from './follow-aliases.ts';
import { nameAbsent, noError, rcodeOf } from './read-reply.ts';

export interface ResolverOptions {
  /** `ip`, `ip:port` or `[ip6]:port`; none: those of the machine. */
  readonly servers: readonly string[];
  /** Patience for one question to one server; default 2 seconds. */
  readonly timeoutMs?: number;
}

const usualTimeoutMs = 2000;
const tries = 2;

/** Asks resolvers, each twice in turn, until one answers. */
export function makeResolver({ servers, timeoutMs = usualTimeoutMs }: ResolverOptions): Dns {
  const all = readServers(servers);
  return {
    ask: (name, type) =>
      followAliases(name, type, (one, of) =>
        askAny(all, { name: one, type: of, recursive: true }, timeoutMs, tries),
      ),
  };
}

/** Servers in the form of `ENVOI_DNS_SERVERS`; the machine's own where none are given. */
export function readServers(given: readonly string[]): DnsServer[] {
  return (given.length > 0 ? given : getServers()).map((text) => {
    const [, inner, outer, port] = /^(?:\[([^\]]+)\]|([^:]+|[^:]*:[^:]*:.*?))(?::(\d+))?$/.exec(text) ?? [];
    const address = inner ?? outer ?? text;
    return { address, port: port ? Number(port) : dnsPort, name: address };
  });
}

export const dnsPort = 53;

/** The first usable answer of several servers; the last problem where there is none. */
export async function askAny(
  servers: readonly DnsServer[],
  question: Parameters<typeof askServer>[1],
  timeoutMs: number,
  rounds: number,
): Promise<Answered> {
  let last: Answered = { ok: false, problem: 'unreachable', server: null, isOwnServer: false };
  for (let round = 0; round < rounds; round += 1) {
    for (const server of servers) {
      const asking = judged(await askServer(server, question, timeoutMs), question.recursive);
      last = { ...asking, server, isOwnServer: !question.recursive };
      if (last.ok) return last;
    }
  }
  return last;
}

/** A server that cannot say, or that was asked for a zone which is not its own (a lame delegation), has not answered. */
function judged(asking: Asking, isResolver: boolean): Asking {
  if (!asking.ok) return asking;
  const isAnswer = [noError, nameAbsent].includes(rcodeOf(asking.reply));
  return isAnswer && (isResolver || asking.isAuthoritative)
    ? asking
    : { ok: false, problem: 'server_failure' };
}
