import type { Clock } from '#base/time';
import type { Config } from '#config';
import type { EvidenceTables } from '#domain/evidence';
import {
  addressAllowed,
  type CheckDeps,
  guardedLookup,
  type HostPolicy,
  type House,
  makeProviders,
  makePublishedRecords,
  makeSigners,
  type PublishedRecords,
  readRelayUrl,
  type Sender,
  type SenderTables,
} from '#domain/senders';
import { type LimitTables, makeTransports, type SandboxTables, type Transports } from '#domain/transports';
import { lookupWith, makeCachedDns, makeFetchStsPolicy, makeOwnServersDns, makeResolver } from '#mail/dns';
import type { Database } from '#stores/database';

/** How this installation reaches the world of mail: the DNS, the ways out, and what senders and domains are checked with. */
export function makeMailWorld(
  config: Config,
  {
    database,
    key,
    now,
    smtp,
  }: {
    readonly database: Database<SenderTables & EvidenceTables & SandboxTables & LimitTables>;
    readonly key: Uint8Array;
    readonly now: Clock;
    readonly smtp?: CheckDeps['smtp'];
  },
): { readonly transports: Transports; readonly senders: CheckDeps; readonly published: PublishedRecords } {
  const hostPolicy: HostPolicy = { privateNetworks: config.privateHosts };
  const resolver = makeResolver({ servers: config.dnsServers });
  const dns = makeCachedDns(resolver, now);
  const house = houseOf(config);
  const deps = {
    database,
    now,
    key,
    ...(smtp ? { smtp } : {}),
    hostPolicy,
    house,
    providers: makeProviders(config),
    helloName: helloName(config),
    host: { name: config.mailHost, publicIps: config.publicIps },
  };
  const fetchPolicy = makeFetchStsPolicy(guardedLookup(hostPolicy, lookupWith(dns)));
  const transports = makeTransports({ ...deps, dns, fetchPolicy });
  const isAllowed = (address: string): boolean => addressAllowed(address, hostPolicy);
  const senders: CheckDeps = {
    ...deps,
    signers: makeSigners({ database, key, platformDomain: house.platformDomain }),
    ownDns: () => makeOwnServersDns({ resolver, servers: config.dnsServers, isAllowed }),
    carry: (sender, mail) => carry(transports, sender, mail),
  };
  const published = makePublishedRecords({ database, dns, platformDomain: house.platformDomain });
  return { transports, senders, published };
}

function carry(transports: Transports, sender: Sender, mail: Parameters<CheckDeps['carry']>[1]) {
  const size = mail.chunks.reduce((sum, chunk) => sum + chunk.length, 0);
  const envelope = { from: mail.from, to: mail.to };
  const whole = { sender, messageId: 'test', envelope, chunks: mail.chunks, size, noLeadingDots: true };
  return transports.for(sender).deliver(whole, { beforeDot: () => Promise.resolve() });
}

function houseOf({ smtp, mxPort, platformDomain }: Config): House {
  if (smtp.kind === 'sandbox') return { platformDomain, delivery: { kind: 'none' } };
  return {
    platformDomain,
    delivery: smtp.kind === 'direct' ? { kind: 'direct', port: mxPort } : readRelayUrl(smtp.url),
  };
}

/** RFC 5321 §4.1.4 wants a name or an address literal; a machine without a public name says where it is. */
function helloName({ mailHost }: Config): string {
  return mailHost.includes('.') ? mailHost : '[127.0.0.1]';
}
