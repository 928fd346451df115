import type { Dns, RecordType } from './answer.ts';

export type SpfResult = 'pass' | 'fail' | 'softfail' | 'neutral' | 'none' | 'permerror' | 'temperror';

export interface SpfFinding {
  readonly result: SpfResult;
  /** The records of the domain; more than one is an error in itself (RFC 7208 §4.5). */
  readonly records: readonly string[];
  readonly problem: 'several_records' | 'too_many_lookups' | 'malformed' | null;
  /** Questions that the record costs its readers; 10 are allowed (RFC 7208 §4.6.4). */
  readonly lookups: number;
}

/** Evaluates SPF (RFC 7208) as a receiver would for a mail from `ip` with an envelope sender at the domain. */
export async function evaluateSpf(
  dns: Dns,
  { domain, ip }: { domain: string; ip: string },
): Promise<SpfFinding> {
  const records = await readSpf(dns, domain);
  if (records.length > 1) return { result: 'permerror', records, problem: 'several_records', lookups: 0 };
  // Loaded when it is first needed: it brings much that the start of the program can do without.
  const { spf } = await import('mailauth/lib/spf/index.js');
  const { status, lookups } = await spf({
    sender: `postmaster@${domain}`,
    ip,
    helo: domain,
    mta: 'envoi',
    resolver: asResolver(dns),
  } as Parameters<typeof spf>[0]);
  const result = status.result as SpfResult;
  const count = lookups?.count ?? 0;
  const isTooMany = result === 'permerror' && /too many/i.test(status.comment ?? '');
  const problem = isTooMany ? 'too_many_lookups' : result === 'permerror' ? 'malformed' : null;
  return { result, records, problem, lookups: count };
}

/** The SPF records of a domain; none also when it could not be asked. */
export async function readSpf(dns: Dns, domain: string): Promise<readonly string[]> {
  const answer = await dns.ask(domain, 'TXT');
  return answer.kind === 'found' ? answer.values.filter((text) => /^v=spf1( |$)/i.test(text)) : [];
}

/** This DNS in the form of Node's own resolver, for programs that expect that. */
function asResolver(dns: Dns): (name: string, type: string) => Promise<unknown[]> {
  return async (name, type) => {
    const answer = await dns.ask(name, type as RecordType);
    if (answer.kind === 'found') return answer.values.map((value) => asNode(type, value));
    const code = { absent: 'ENOTFOUND', empty: 'ENODATA', failed: 'ETIMEOUT' }[answer.kind];
    throw Object.assign(new Error(code), { code });
  };
}

function asNode(
  type: string,
  value: string | { readonly preference: number; readonly exchange: string },
): unknown {
  if (typeof value !== 'string') return { priority: value.preference, exchange: value.exchange };
  return type === 'TXT' ? [value] : value;
}
