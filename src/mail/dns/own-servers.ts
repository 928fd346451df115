import { type Dns, valuesOf } from './answer.ts';
import type { DnsServer } from './ask-server.ts';
import { type Answered, followAliases } from './follow-aliases.ts';
import { isPublicSuffix } from './organisational-domain.ts';
import { askAny, dnsPort, readServers } from './resolver.ts';

export interface OwnServersOptions {
  /** Finds the name servers, and answers where these do not. */
  readonly resolver: Dns;
  /** The same as the resolver's: a name server at one of these addresses is asked at that port (laboratories). */
  readonly servers: readonly string[];
  /** Which addresses may be asked: a stranger chooses where his domain's name servers are. */
  readonly isAllowed: (address: string) => boolean;
  readonly timeoutMs?: number;
}

const usualTimeoutMs = 1500;
const mostServers = 3;

/**
 * Asks the domain's own name servers, which know a change at once, and the resolver where these cannot be found or do not
 * answer. Remembers the name servers as long as it lives: make one per check.
 */
export function makeOwnServersDns(options: OwnServersOptions): Dns {
  const { resolver, timeoutMs = usualTimeoutMs } = options;
  const known = new Map<string, Promise<DnsServer[]>>();
  const serversOf = (zone: string): Promise<DnsServer[]> => {
    const finding = known.get(zone) ?? findServers(options, zone);
    known.set(zone, finding);
    return finding;
  };
  return {
    ask: async (name, type) => {
      const own = await followAliases(name, type, async (one, of): Promise<Answered> => {
        const servers = await nearestServers(one, serversOf);
        return askAny(servers, { name: one, type: of, recursive: false }, timeoutMs, 1);
      });
      return own.kind === 'failed' && own.problem !== 'too_many_aliases' ? resolver.ask(name, type) : own;
    },
  };
}

/** The servers of the smallest zone that holds the name; those of a public suffix are never asked. */
async function nearestServers(
  name: string,
  serversOf: (zone: string) => Promise<DnsServer[]>,
): Promise<DnsServer[]> {
  const labels = name.toLowerCase().split('.');
  for (let first = 0; first < labels.length; first += 1) {
    const zone = labels.slice(first).join('.');
    if (isPublicSuffix(zone)) break;
    const servers = await serversOf(zone);
    if (servers.length > 0) return servers;
  }
  return [];
}

async function findServers(
  { resolver, servers, isAllowed }: OwnServersOptions,
  zone: string,
): Promise<DnsServer[]> {
  const names = valuesOf(await resolver.ask(zone, 'NS')).slice(0, mostServers);
  const ports = new Map(readServers(servers).map(({ address, port }) => [address, port]));
  const found = await Promise.all(
    names.map(async (name) => {
      const all = await Promise.all([resolver.ask(name, 'A'), resolver.ask(name, 'AAAA')]);
      const [address] = all.flatMap(valuesOf).filter(isAllowed);
      return address ? [{ address, port: ports.get(address) ?? dnsPort, name }] : [];
    }),
  );
  return found.flat();
}
