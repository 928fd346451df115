import { after, type Clock, minute, second } from '#base/time';
import { type Dns, type FetchPolicy, parseStsPolicy, readStsId } from '#mail/dns';
import { asWorker, type Database } from '#stores/database';
import { type KeptPolicy, type LimitTables, savePolicy, selectPolicy } from './limit-table.ts';

/** The policy that holds for mail to a domain, or null. */
export type StsPolicyOf = (domain: string) => Promise<KeptPolicy | null>;

const rememberedMs = 5 * minute; // so long a worker does not look again; RFC 8461 §3.3 asks for no more
const mostRemembered = 5000;

/**
 * Finds and keeps MTA-STS policies. A policy that was seen holds until it expires, also when the domain's DNS or web server says
 * nothing any more: that is what protects against somebody in between (RFC 8461 §5.1).
 */
export function makeStsPolicies(deps: {
  readonly database: Database<LimitTables>;
  readonly dns: Dns;
  readonly fetchPolicy: FetchPolicy;
  readonly now: Clock;
}): StsPolicyOf {
  const remembered = new Map<
    string,
    { readonly until: number; readonly policy: Promise<KeptPolicy | null> }
  >();
  return (domain) => {
    const known = remembered.get(domain);
    if (known && known.until > deps.now().getTime()) return known.policy;
    const policy = find(deps, domain).catch(() => null);
    remembered.delete(domain);
    remembered.set(domain, { until: deps.now().getTime() + rememberedMs, policy });
    const [oldest] = remembered.keys();
    if (remembered.size > mostRemembered && oldest !== undefined) remembered.delete(oldest);
    return policy;
  };
}

async function find(deps: Parameters<typeof makeStsPolicies>[0], domain: string): Promise<KeptPolicy | null> {
  const kept = await asWorker(deps.database, (tx) => selectPolicy(tx, domain));
  const valid = kept && kept.expiresAt > deps.now() ? kept : null;
  const id = await readStsId(deps.dns, domain);
  if (id === null || id === valid?.id) return valid;
  const text = await deps.fetchPolicy(`mta-sts.${domain}`);
  const read = text === null ? null : parseStsPolicy(text);
  if (!read) return valid;
  const fresh: KeptPolicy = { ...read, id, expiresAt: after(deps.now(), read.maxAgeSeconds * second) };
  await asWorker(deps.database, (tx) => savePolicy(tx, domain, fresh));
  return fresh;
}
