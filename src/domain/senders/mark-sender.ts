import { type Actor, type EvidenceTables, type Fact, record } from '#domain/evidence';
import type { Tx } from '#stores/database';
import type { SenderProblem } from './sender.ts';
import {
  clearDefault,
  lockSenders,
  type SenderRow,
  type SenderTables,
  selectCompanyOf,
  updateSender,
} from './sender-table.ts';

type MarkTx = Tx<SenderTables & EvidenceTables>;

/** What was found out about a sender: it works, or why it does not. */
export type Finding = { readonly works: true } | { readonly works: false; readonly problem: SenderProblem };

/**
 * Remembers that nothing can go out from this sender until a person has repaired it, and records `sender.broken`. Returns
 * whether that is news; the sandbox, a deleted sender and one that is broken for the same reason stay as they are.
 */
export async function markBroken(
  tx: MarkTx,
  senderId: string,
  problem: SenderProblem,
  now: Date,
): Promise<boolean> {
  const companyId = await selectCompanyOf(tx, senderId);
  const facts = companyId ? await markSendersBroken(tx, [{ senderId, companyId, problem }], now) : [];
  await record(tx, facts);
  return facts.length > 0;
}

/**
 * The same for several senders at once, companies in one order so that workers cannot wait for each other. Returns the
 * facts, which the caller records with his own as the last act of his transaction. A word that this version does not know
 * is kept as it is.
 */
export async function markSendersBroken(
  tx: Tx<SenderTables>,
  broken: readonly { readonly senderId: string; readonly companyId: string; readonly problem: string }[],
  now: Date,
): Promise<Fact[]> {
  const facts: Fact[] = [];
  const inOrder = broken.toSorted((a, b) => (a.companyId < b.companyId ? -1 : 1));
  for (const { companyId, senderId, problem } of inOrder) {
    const finding = { works: false, problem: problem as SenderProblem } as const;
    facts.push(...(await markSender(tx, { companyId, senderId }, finding, 'server', now)));
  }
  return facts;
}

/** Remembers that a mail went out from this sender, so it works. Returns whether that is news. */
export async function markWorking(tx: MarkTx, senderId: string, now: Date): Promise<boolean> {
  const companyId = await selectCompanyOf(tx, senderId);
  if (!companyId) return false;
  const facts = await markSender(tx, { companyId, senderId }, { works: true }, 'server', now);
  await record(tx, facts);
  return facts.length > 0;
}

/**
 * Writes down a finding and returns the facts to record: `sender.connected` (was unchecked), `sender.repaired` (was
 * broken), `sender.broken`, or none when it is no news. The first sender that works takes the default over from the sandbox.
 */
export async function markSender(
  tx: Tx<SenderTables>,
  ref: { readonly companyId: string; readonly senderId: string },
  finding: Finding,
  actor: Actor,
  now: Date,
): Promise<Fact[]> {
  const rows = await lockSenders(tx, ref.companyId);
  const row = rows.find((one) => one.id === ref.senderId);
  if (!row || row.deleted_at || row.method === 'sandbox') return [];
  // Only the code can say that the mailbox is theirs; nothing else that is found out changes that.
  if (row.problem === 'address_not_confirmed') return [];
  return finding.works ? works(tx, row, rows, actor, now) : broke(tx, row, finding.problem, actor, now);
}

async function works(
  tx: Tx<SenderTables>,
  row: SenderRow,
  rows: readonly SenderRow[],
  actor: Actor,
  now: Date,
): Promise<Fact[]> {
  await updateSender(tx, row, { state: 'valid', problem: null, checked_at: now });
  if (row.state === 'valid') return [];
  const takesOver = !row.provider && rows.find((one) => one.is_default)?.method === 'sandbox';
  if (takesOver) {
    await clearDefault(tx, row.company_id);
    await updateSender(tx, row, { is_default: true });
  }
  const type = row.state === 'broken' ? 'sender.repaired' : 'sender.connected';
  return [factOf(type, row, actor, now, { isDefault: takesOver || row.is_default })];
}

async function broke(
  tx: Tx<SenderTables>,
  row: SenderRow,
  problem: SenderProblem,
  actor: Actor,
  now: Date,
): Promise<Fact[]> {
  await updateSender(tx, row, { state: 'broken', problem, checked_at: now });
  if (row.state === 'broken' && row.problem === problem) return [];
  return [factOf('sender.broken', row, actor, now, { problem })];
}

function factOf(
  type: Fact['type'],
  row: SenderRow,
  actor: Actor,
  now: Date,
  more: Readonly<Record<string, string | boolean>>,
): Fact {
  return {
    type,
    companyId: row.company_id,
    at: now,
    actor,
    data: { sender: row.id, method: row.method, ...more },
    personal: { address: row.address },
  };
}
