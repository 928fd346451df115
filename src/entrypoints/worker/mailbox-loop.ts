import { after, minute, pause, second } from '#base/time';
import {
  claimMailboxes,
  keepMailbox,
  type MailboxRow,
  noteMailbox,
  type OpeningDeps,
  type ReadingTables,
  type ReturnsNeeds,
  readMailbox,
  withMailbox,
} from '#domain/returns';
import type { SenderTables } from '#domain/senders';
import { type OpenedMailbox, openMailbox, type ReadableMailbox } from '#mail/imap';
import { asWorker, type Database } from '#stores/database';
import { type Loop, startLoop } from './loop.ts';

export interface MailboxLoopNeeds extends Omit<ReturnsNeeds, 'database'> {
  readonly database: Database<ReadingTables & SenderTables>;
  readonly senders: OpeningDeps;
  readonly worker: { readonly id: string };
}

const lookForNew = 5 * second;
const atOnce = 50; // connections that one worker keeps open
const leaseMs = 2 * minute;
const quietMs = minute; // the lease is renewed, and servers without IDLE are asked, once a minute
const retryMs = [10 * second, minute, 5 * minute, 15 * minute];

/** Watches the mailboxes that may be read, each by one process; a connection that breaks is made anew after a pause. */
export function startWatchingMailboxes(needs: MailboxLoopNeeds): Loop {
  const stopping = new AbortController();
  const running = new Map<string, Promise<void>>();
  const loop = startLoop('mailboxes', lookForNew, needs.log, async () => {
    const limit = atOnce - running.size;
    if (limit <= 0) return false;
    const now = needs.clock();
    const claim = { worker: needs.worker.id, now, until: after(now, leaseMs), limit };
    for (const row of await asWorker(needs.database, (tx) => claimMailboxes(tx, claim))) {
      const job = watch(needs, row, stopping.signal)
        .catch((error: unknown) =>
          needs.log.error({ err: error, senderId: row.sender_id }, 'a mailbox was left'),
        )
        .finally(() => running.delete(row.sender_id));
      running.set(row.sender_id, job);
    }
    return false;
  });
  return {
    wake: () => loop.wake(),
    stop: async () => {
      stopping.abort();
      await loop.stop();
      await Promise.allSettled(running.values());
    },
  };
}

/** Reads one mailbox until the process stops, or its settings are changed or taken away. */
async function watch(needs: MailboxLoopNeeds, first: MailboxRow, signal: AbortSignal): Promise<void> {
  let row = first;
  let failures = 0;
  while (!signal.aborted && (await keep(needs, row))) {
    const opened = await open(needs, row);
    await note(needs, row, opened);
    if (opened.ok) {
      failures = 0;
      row = await follow(needs, row, opened.mailbox, opened.address, signal);
    }
    if (signal.aborted) break;
    await rest(needs, row, retryMs[Math.min(failures, retryMs.length - 1)] ?? minute, signal);
    failures += 1;
  }
  await asWorker(needs.database, (tx) => keepMailbox(tx, refOf(needs, row), null));
}

type Opened =
  | (Extract<OpenedMailbox, { ok: true }> & { readonly address: string })
  | { readonly ok: false; readonly problem: string };

async function open(needs: MailboxLoopNeeds, row: MailboxRow): Promise<Opened> {
  const used = await withMailbox<OpenedMailbox>(needs, row, openMailbox);
  if (!used.ok) return { ok: false, problem: used.reason };
  return used.result.ok ? { ...used.result, address: used.sender.address } : used.result;
}

/** Reads, waits, reads … while the connection and the lease hold. */
async function follow(
  needs: MailboxLoopNeeds,
  first: MailboxRow,
  box: ReadableMailbox,
  ownAddress: string,
  signal: AbortSignal,
): Promise<MailboxRow> {
  let row = first;
  try {
    do {
      row = (await readMailbox(needs, row, box, ownAddress)).row;
    } while ((await box.wait(signal, quietMs)) && !signal.aborted && (await keep(needs, row)));
  } catch (error) {
    needs.log.warn({ err: error, senderId: row.sender_id }, 'reading a mailbox broke off and is tried again');
  } finally {
    await box.close();
  }
  return row;
}

/** Waits before the next try and keeps the lease meanwhile. */
async function rest(
  needs: MailboxLoopNeeds,
  row: MailboxRow,
  ms: number,
  signal: AbortSignal,
): Promise<void> {
  for (let left = ms; left > 0 && !signal.aborted; left -= quietMs) {
    await pause(Math.min(left, quietMs), signal);
    if (left > quietMs && !(await keep(needs, row))) return;
  }
}

function keep(needs: MailboxLoopNeeds, row: MailboxRow): Promise<boolean> {
  const until = after(needs.clock(), leaseMs);
  return asWorker(needs.database, (tx) => keepMailbox(tx, refOf(needs, row), until));
}

async function note(needs: MailboxLoopNeeds, row: MailboxRow, opened: Opened): Promise<void> {
  const which = { companyId: row.company_id, senderId: row.sender_id };
  const state = opened.ok
    ? ({ state: 'working', problem: null } as const)
    : ({ state: 'broken', problem: opened.problem } as const);
  await asWorker(needs.database, (tx) => noteMailbox(tx, which, { ...state, checked_at: needs.clock() }));
}

function refOf(needs: MailboxLoopNeeds, row: MailboxRow) {
  return { companyId: row.company_id, senderId: row.sender_id, worker: needs.worker.id };
}
