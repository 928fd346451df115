import { guardedLookup, type HostPolicy, isHouseSender, type Sender, type TlsPolicy } from '#domain/senders';
import { domainOf } from '#mail/address';
import {
  type Dns,
  type FrozenDns,
  findMailServers,
  lookupWith,
  type MailServers,
  stsAllows,
} from '#mail/dns';
import {
  type ConnectResult,
  connectSmtp,
  type Delivery,
  makePool,
  Places,
  type SmtpOptions,
  type SmtpPool,
} from '#mail/smtp';
import { failed } from './failed.ts';
import { type FreezeRoute, makeFreezeRoute } from './freeze-route.ts';
import { type Site, siteLimit, siteOf } from './sites.ts';
import type { StsPolicyOf } from './sts-policies.ts';
import type { TakeTurn } from './take-turn.ts';
import type { Transport, TransportDelivery, TransportMail } from './transport.ts';

export interface DirectDeps {
  readonly port: number;
  readonly helloName: string;
  readonly hostPolicy: HostPolicy;
  readonly dns: Dns;
  readonly stsPolicyOf: StsPolicyOf;
  readonly takeTurn: TakeTurn;
  readonly chance: () => number;
  readonly smtp?: Pick<SmtpOptions, 'ca' | 'timeouts' | 'localAddress'>;
}

/** Where mail to a domain goes, and how well the way must be protected. */
interface Route {
  readonly hosts: readonly string[];
  readonly site: Site;
  readonly tls: TlsPolicy;
}

const mostPools = 1000;

/**
 * Hands mails straight to the recipients' mail servers: a success means `accepted`, by their own server. Connections are shared by
 * all domains with the same servers; those are tried in the order of their preference until one can be spoken with, and never
 * another one once a message is on its way.
 */
export function makeDirect(deps: DirectDeps): Transport {
  const pools: Pools = { all: new Map(), places: new Map() };
  const freeze = makeFreezeRoute();
  let isClosed = false;
  return {
    name: 'direct',
    account: () => 'direct',
    deliver: async (mail, hooks) => {
      if (isClosed) return accepted(failed('temporary', 'connect', 'stopped_here', { host: '', port: 0 }));
      const domain = domainOf(mail.envelope.to);
      const { way, dns } = await findRoute(deps, domain, policyOf(mail.sender), freeze);
      if ('kind' in way) return { ...accepted(way), dns };
      const due = await deps.takeTurn(siteLimit(way.site));
      const place = { host: way.hosts[0] ?? domain, port: deps.port };
      if (due) return { ...accepted(failed('temporary', 'connect', 'over_limit', place)), notBefore: due };
      return { ...accepted(await poolFor(deps, pools, way).deliver(toMail(mail), hooks)), dns };
    },
    close: async () => {
      isClosed = true;
      await Promise.all([...pools.all.values()].map((pool) => pool.close()));
    },
  };
}

/** The way to a domain's servers, or why there is none; and what the DNS said about it. */
async function findRoute(
  deps: DirectDeps,
  domain: string,
  wanted: TlsPolicy,
  freeze: FreezeRoute,
): Promise<{ readonly way: Route | Delivery; readonly dns: FrozenDns }> {
  const place = { host: domain, port: deps.port };
  const servers = await findMailServers(deps.dns, domain, deps.chance);
  if (servers.kind !== 'found') return { way: noRoute(servers, place), dns: freeze(domain, servers.asked) };
  const site = siteOf(servers.hosts);
  const policy = await deps.stsPolicyOf(domain);
  const dns = freeze(domain, servers.asked, policy);
  if (policy?.mode === 'enforce') {
    const hosts = servers.hosts.filter((host) => stsAllows(policy, host));
    if (hosts.length === 0) return { way: failed('temporary', 'connect', 'mta_sts_refused', place), dns };
    return { way: { hosts, site, tls: 'verified' }, dns };
  }
  const tls = site.tlsRequired && wanted === 'opportunistic' ? 'encrypted' : wanted;
  return { way: { hosts: servers.hosts, site, tls }, dns };
}

function noRoute(
  servers: Exclude<MailServers, { kind: 'found' }>,
  place: { readonly host: string; readonly port: number },
): Delivery {
  if (servers.kind === 'failed') return failed('temporary', 'connect', 'dns_failed', place, servers.problem);
  if (servers.kind === 'domain_unknown') return failed('permanent', 'connect', 'domain_unknown', place);
  // RFC 7505 §4.1: a null MX is a refusal for good.
  return failed('permanent', 'connect', 'no_mail_accepted', place);
}

/** Pools by the servers that they lead to; what may be open at once is counted for all servers of a site together. */
interface Pools {
  readonly all: Map<string, SmtpPool>;
  readonly places: Map<string, Places>;
}

function poolFor(deps: DirectDeps, { all: pools, places }: Pools, route: Route): SmtpPool {
  const key = [route.tls, ...route.hosts.toSorted()].join(' ');
  const known = pools.get(key);
  if (known) return known;
  for (const [old, pool] of pools) {
    if (pools.size < mostPools) break;
    if (pool.open === 0 && pool.waiting === 0) pools.delete(old);
  }
  for (const [old, unused] of places) {
    if (places.size < mostPools) break;
    if (unused.isUnused) places.delete(old);
  }
  const ofSite = places.get(route.site.name) ?? new Places(route.site.connections);
  places.set(route.site.name, ofSite);
  const pool = makePool({
    connect: () => connectToFirst(deps, route),
    maxConnections: ofSite,
    maxMessagesPerConnection: route.site.perConnection,
  });
  pools.set(key, pool);
  return pool;
}

/** RFC 5321 §5.1: the servers in turn, until one answers; a name among them that is not there is no reason to give up. */
async function connectToFirst(deps: DirectDeps, route: Route): Promise<ConnectResult> {
  let last: ConnectResult | null = null;
  for (const host of route.hosts) {
    const tried = await connectSmtp(optionsFor(deps, host, route.tls));
    if (tried.ok) return tried;
    // What can pass is told before what is final: it decides whether the mail is tried again.
    if (last === null || last.ok || last.outcome.kind === 'permanent') last = tried;
  }
  return (
    last ?? {
      ok: false,
      outcome: failed('temporary', 'connect', 'dns_failed', { host: '', port: deps.port }),
    }
  );
}

function optionsFor(deps: DirectDeps, host: string, tls: TlsPolicy): SmtpOptions {
  return {
    ...deps.smtp,
    host,
    port: deps.port,
    security: tls === 'opportunistic' ? 'opportunistic' : 'starttls',
    verifyCertificate: tls === 'verified',
    helloName: deps.helloName,
    lookup: guardedLookup(deps.hostPolicy, lookupWith(deps.dns)),
    isNameAbsent: () => Promise.resolve(false),
  };
}

function policyOf(sender: Sender): TlsPolicy {
  return isHouseSender(sender) ? sender.tls : 'opportunistic';
}

export function toMail(mail: TransportMail) {
  const { chunks, size, needsSmtpUtf8, needs8bit, noLeadingDots } = mail;
  return { ...mail.envelope, chunks, size, needsSmtpUtf8, needs8bit, noLeadingDots };
}

function accepted(delivery: Delivery): TransportDelivery {
  return { ...delivery, accepts: 'accepted' };
}
