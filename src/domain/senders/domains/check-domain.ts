import { type Actor, type EvidenceTables, type Fact, record } from '#domain/evidence';
import { domainOf } from '#mail/address';
import { inCompany, type Tx } from '#stores/database';
import { markSender } from '../mark-sender.ts';
import { type SenderTables, selectSenders } from '../sender-table.ts';
import type { DomainResult } from './add-domain.ts';
import { type DomainRecord, type DomainState, graceMs } from './domain.ts';
import type { DomainDeps } from './domain-deps.ts';
import {
  type DomainRow,
  type DomainTables,
  selectDomain,
  selectKeys,
  toDomain,
  updateDomain,
} from './domain-table.ts';
import { lookAtRecords } from './look-at-records.ts';

type CheckTx = Tx<DomainTables & SenderTables & EvidenceTables>;

/**
 * Asks the DNS for the records of a domain and writes down what was found. A lost record makes a valid domain `warning`, which
 * still sends, and after 24 hours `broken`; its senders follow. A DNS that does not answer changes nothing.
 */
export async function checkDomain(
  deps: DomainDeps,
  order: { readonly companyId: string; readonly domainId: string; readonly actor: Actor },
): Promise<DomainResult> {
  const { companyId } = order;
  const read = (tx: CheckTx, lock: boolean) => readDomain(tx, companyId, order.domainId, lock);
  const before = await inCompany(deps.database, companyId, (tx) => read(tx, false));
  if (!before) return { ok: false, reason: 'not_found' };
  const { name, keys } = toDomain(before.row, before.keys);
  const records = await lookAtRecords(deps.ownDns(), name, keys, deps.host);
  return inCompany(deps.database, companyId, async (tx) => {
    const present = await read(tx, true);
    if (!present) return { ok: false, reason: 'not_found' };
    const changes = { records, ...nextState(present.row, records, deps.now()), checked_at: deps.now() };
    await updateDomain(tx, present.row, changes);
    const after = { ...present.row, ...changes };
    await record(tx, await factsOf(tx, present.row, after, order.actor));
    return { ok: true, domain: toDomain(after, present.keys) };
  });
}

async function readDomain(tx: CheckTx, companyId: string, id: string, lock: boolean) {
  const row = await selectDomain(tx, companyId, { id }, lock);
  return row ? { row, keys: await selectKeys(tx, companyId, [row.id]) } : null;
}

/** The state that follows from what was found; see the drawing at `DomainState`. */
export function nextState(
  row: Pick<DomainRow, 'state' | 'missing_since'>,
  records: readonly DomainRecord[],
  now: Date,
): Pick<DomainRow, 'state' | 'missing_since'> {
  const lost = records.filter((one) => isNeeded(one, row.state) && !one.valid);
  if (lost.length === 0) return { state: 'valid', missing_since: null };
  const isKnown = lost.some((one) => one.problem !== 'dns_failed');
  if (!isKnown || row.state === 'pending' || row.state === 'broken')
    return { state: row.state, missing_since: row.missing_since };
  const since = row.missing_since ?? now;
  const state: DomainState = now.getTime() - since.getTime() >= graceMs ? 'broken' : 'warning';
  return { state, missing_since: since };
}

/** The spare key must be published before the first mail; later, while a new one waits for its record, nothing is lost. */
function isNeeded(record: DomainRecord, state: DomainState): boolean {
  return record.required && (record.purpose !== 'dkim_spare' || state === 'pending');
}

const eventTypes = { valid: 'domain.verified', warning: 'domain.degraded', broken: 'domain.broken' } as const;

/** What is news, and what it means for the senders at this domain. */
async function factsOf(tx: CheckTx, before: DomainRow, after: DomainRow, actor: Actor): Promise<Fact[]> {
  if (after.state === 'pending') return [];
  const at = after.checked_at ?? after.created_at;
  const sends = after.state !== 'broken';
  const senders = (await selectSenders(tx, after.company_id)).filter(
    (sender) => sender.method === 'domain' && domainOf(sender.address) === after.name,
  );
  const facts: Fact[] = [];
  for (const sender of senders) {
    if (sends && sender.state === 'valid') continue;
    const ref = { companyId: after.company_id, senderId: sender.id };
    const finding = sends
      ? ({ works: true } as const)
      : ({ works: false, problem: 'domain_not_verified' } as const);
    facts.push(...(await markSender(tx, ref, finding, actor, at)));
  }
  if (before.state === after.state) return facts;
  const type =
    after.state === 'valid' && before.state !== 'pending' ? 'domain.repaired' : eventTypes[after.state];
  const lost = after.records.filter((one) => one.required && !one.valid).map(({ name }) => name);
  const data = { domain: after.id, name: after.name, ...(lost.length > 0 ? { lost: lost.join(', ') } : {}) };
  return [{ type, companyId: after.company_id, at, actor, data }, ...facts];
}
