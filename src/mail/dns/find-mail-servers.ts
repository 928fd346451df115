import { isIP } from 'node:net';
import type { Dns, DnsAnswer, DnsProblem, RecordType, RecordValues } from './answer.ts';
import type { AskedDns } from './frozen-dns.ts';

export type MailServers = { readonly asked: readonly AskedDns[] } & (
  | /** Host names in the order in which they are to be tried; `isOwn`: no MX, so the domain's own address (RFC 5321 §5.1). */
  { readonly kind: 'found'; readonly hosts: readonly string[]; readonly isOwn: boolean }
  /** The domain says that it takes no mail: RFC 7505. */
  | { readonly kind: 'null_mx' }
  | { readonly kind: 'domain_unknown' }
  | { readonly kind: 'failed'; readonly problem: DnsProblem }
);

const mostHosts = 10;

/**
 * Who takes the mail of a domain (in A-labels): its MX by preference, equal ones in an order by `chance` (0 to 1), or the
 * domain's own address where it has none. An MX that names an address instead of a host is left out (RFC 5321 §5.1). With it comes
 * what was asked, and what the DNS answered.
 */
export async function findMailServers(dns: Dns, domain: string, chance: () => number): Promise<MailServers> {
  const answer = await dns.ask(domain, 'MX');
  const asked: readonly AskedDns[] = [{ name: domain, type: 'MX', answer }];
  if (answer.kind === 'failed') return { kind: 'failed', problem: answer.problem, asked };
  if (answer.kind === 'absent') return { kind: 'domain_unknown', asked };
  if (answer.kind === 'empty') return ownAddress(dns, domain, asked);
  if (answer.values.some(({ exchange }) => exchange === '') && answer.values.length === 1)
    return { kind: 'null_mx', asked };
  const hosts = answer.values
    .filter(({ exchange }) => exchange !== '' && isIP(exchange) === 0)
    .map((one) => ({ ...one, order: chance() }))
    .sort((a, b) => a.preference - b.preference || a.order - b.order)
    .map(({ exchange }) => exchange);
  if (hosts.length === 0) return { kind: 'failed', problem: 'malformed', asked };
  return { kind: 'found', hosts: [...new Set(hosts)].slice(0, mostHosts), isOwn: false, asked };
}

async function ownAddress(dns: Dns, domain: string, mx: readonly AskedDns[]): Promise<MailServers> {
  const [four, six] = await Promise.all([dns.ask(domain, 'A'), dns.ask(domain, 'AAAA')]);
  const asked = [...mx, one(domain, 'A', four), one(domain, 'AAAA', six)];
  if (four.kind === 'found' || six.kind === 'found')
    return { kind: 'found', hosts: [domain], isOwn: true, asked };
  const failed = [four, six].find((answer) => answer.kind === 'failed');
  return failed?.kind === 'failed'
    ? { kind: 'failed', problem: failed.problem, asked }
    : { kind: 'domain_unknown', asked };
}

function one<Type extends RecordType>(
  name: string,
  type: Type,
  answer: DnsAnswer<RecordValues[Type]>,
): AskedDns {
  return { name, type, answer };
}
