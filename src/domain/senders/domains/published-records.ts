import { minute, pause } from '#base/time';
import { type Dns, type FrozenDns, freezeDns } from '#mail/dns';
import { asWorker, type Database } from '#stores/database';
import type { Sender } from '../sender.ts';
import { ownerOf } from '../signers.ts';
import { returnDomain } from './domain.ts';
import { type DomainTables, selectDomain, selectKeys } from './domain-table.ts';

/** What the DNS says of the domain that a sender's mails are signed for, frozen; null for one that we do not sign for. */
export type PublishedRecords = (sender: Sender, now: Date) => Promise<FrozenDns | null>;

export interface PublishedDeps {
  readonly database: Database<DomainTables>;
  /** Remembers answers as long as they hold. */
  readonly dns: Dns;
  readonly platformDomain: string;
}

const keptMs = minute;
const patienceMs = 2000; // a mail does not wait longer for what only its evidence needs

/**
 * Asks for the records by which receivers judge a sender's mails: DKIM of each signing key, SPF of the return path, DMARC. Answers are
 * asked for again when their TTL is over, looked at once a minute, and never waited for longer than two seconds.
 */
export function makePublishedRecords(deps: PublishedDeps): PublishedRecords {
  const kept = new Map<string, { readonly until: number; readonly frozen: Promise<FrozenDns | null> }>();
  return (sender, now) => {
    const owner = ownerOf(sender, deps.platformDomain);
    if (!owner) return Promise.resolve(null);
    const name = `${owner.companyId} ${owner.domain}`;
    const known = kept.get(name);
    if (known && known.until > now.getTime()) return known.frozen;
    const asking = ask(deps, owner.companyId, owner.domain).catch(() => null);
    const frozen = Promise.race([asking, pause(patienceMs).then(() => null)]);
    kept.set(name, { until: now.getTime() + keptMs, frozen });
    return frozen;
  };
}

async function ask(
  { database, dns }: PublishedDeps,
  companyId: string,
  name: string,
): Promise<FrozenDns | null> {
  const names = await asWorker(database, async (tx) => {
    const domain = await selectDomain(tx, companyId, { name });
    if (!domain || domain.state === 'pending') return null;
    const keys = (await selectKeys(tx, companyId, [domain.id])).filter((key) => key.state === 'signing');
    return keys.map((key) => `${key.selector}._domainkey.${name}`);
  });
  if (!names) return null;
  const questions = [...names, returnDomain(name), `_dmarc.${name}`];
  const asked = await Promise.all(
    questions.map(async (one) => ({ name: one, type: 'TXT' as const, answer: await dns.ask(one, 'TXT') })),
  );
  return freezeDns({ about: 'sender', domain: name }, asked);
}
