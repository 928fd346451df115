import { day, minute } from '#base/time';
import { getCompany } from '#domain/accounts';
import { type EvidenceTables, record } from '#domain/evidence';
import { canceledAmong, leftAtOf } from '#domain/outbox';
import { asWorker, type Tx } from '#stores/database';
import { deadlineOf } from './deadline.ts';
import { about, queueReceipts } from './decide-delivery.ts';
import { type Delivery, etsi } from './delivery.ts';
import { lockDelivery, type RegisteredTables, updateDelivery } from './delivery-table.ts';
import { endUndeliverable } from './end-undeliverable.ts';
import { giveToOutbox } from './give-to-outbox.ts';
import { writeMail } from './mail-delivery.ts';
import { markMailSent, queueMails, takeDueMail } from './mail-queue-table.ts';
import { endUnsent } from './provider-table.ts';
import type { RegisteredDeps } from './registered-deps.ts';
import { sealContent } from './seal-content.ts';
import { lockWaiting, selectRunning } from './waiting-table.ts';
import { cancelNoticesPutOff, withdrawnFact } from './withdraw-delivery.ts';

const atOnce = 50;
/** Those whose notice waits are looked at in pages of so many. */
const aPage = 500;

/**
 * One round of everything that happens by itself: content is sealed, what reached nobody or no provider ends, deadlines begin when the notice has left, what is over expires,
 * reminders fall due, and queued mails go out. Several processes may run it. Returns true when there is more to do.
 */
export async function runDeliveries(deps: RegisteredDeps, clock: () => Date): Promise<boolean> {
  const unsealed = await asWorker(deps.database, (tx) => lockWaiting(tx, { kind: 'unsealed' }, atOnce));
  for (const delivery of unsealed) await sealContent(deps, delivery);
  await endUndeliverable(deps, clock());
  await asWorker(deps.database, (tx) => endUnsent(tx, clock()));
  await asWorker(deps.database, (tx) => cancelNoticesPutOff(tx, clock()));
  await startDeadlines(deps, clock());
  await endClosed(deps, clock());
  await expireDeliveries(deps, clock());
  await queueReminders(deps, clock());
  return mailNext(deps, clock);
}

/** All whose notice has not left, page by page: many that wait for their day hold up none of those that come after them. */
async function startDeadlines(deps: RegisteredDeps, now: Date): Promise<void> {
  for (let last: Delivery | null = null; ; ) {
    const page = await startPage(deps, last, now);
    last = page.at(-1) ?? null;
    if (page.length < aPage) return;
  }
}

/**
 * The days are counted from the notice: it counts as given when the mail server took it, or a person says that it did; never while nobody
 * knows whether it left. A notice that was canceled announces nothing: its
 * delivery is over, and the recipient, who never heard of it, is told nothing.
 */
async function startPage(deps: RegisteredDeps, last: Delivery | null, now: Date): Promise<Delivery[]> {
  return asWorker(deps.database, async (tx) => {
    const waiting = await lockWaiting(tx, { kind: 'unnotified', after: last }, aPage);
    const ids = waiting.map((one) => one.messageId);
    const canceled = await canceledAmong(tx, ids);
    const left = await leftAtOf(tx, ids);
    for (const delivery of waiting) {
      if (canceled.has(delivery.messageId)) {
        await endUnannounced(tx, delivery, now);
        continue;
      }
      const at = left.get(delivery.messageId);
      const company = at ? await getCompany(tx, delivery.companyId) : null;
      if (!at || !company) continue;
      const deadline = deadlineOf(at, delivery.days, company.timeZone);
      await updateDelivery(tx, delivery.messageId, { notified_at: at, deadline_at: deadline });
      await queueReceipts(tx, delivery, 'submitted', at);
      const data = { deadline: deadline.toISOString(), etsi: etsi('NotificationForAcceptance') };
      await record(tx, [{ ...about(delivery, now), type: 'notification.sent', actor: 'system', data }]);
    }
    return waiting;
  });
}

async function endUnannounced(
  tx: Tx<RegisteredTables & EvidenceTables>,
  delivery: Delivery,
  now: Date,
): Promise<void> {
  await updateDelivery(tx, delivery.messageId, { state: 'withdrawn', decided_at: now });
  await record(tx, [withdrawnFact(delivery, 'system', { reason: 'notice_canceled' }, now)]);
}

/** Whoever closes a link ends its delivery with it; one that was forgotten is found here before its silence could count. */
async function endClosed(deps: RegisteredDeps, now: Date): Promise<void> {
  await asWorker(deps.database, async (tx) => {
    for (const delivery of await lockWaiting(tx, { kind: 'closed' }, atOnce)) {
      await updateDelivery(tx, delivery.messageId, { state: 'withdrawn', decided_at: now });
      await queueReceipts(tx, delivery, 'withdrawn', now);
      await record(tx, [withdrawnFact(delivery, 'system', { reason: 'links_closed' }, now)]);
    }
  });
}

/** Silence until the deadline: once, and never before it. */
export async function expireDeliveries(deps: Pick<RegisteredDeps, 'database'>, now: Date): Promise<number> {
  return asWorker(deps.database, async (tx) => {
    const over = await lockWaiting(tx, { kind: 'over', now }, atOnce);
    for (const delivery of over) {
      await updateDelivery(tx, delivery.messageId, { state: 'expired', decided_at: now });
      await queueReceipts(tx, delivery, 'expired', now);
    }
    await record(
      tx,
      over.map((delivery) => ({
        ...about(delivery, now),
        type: 'decision.expired' as const,
        actor: 'system' as const,
        data: {
          notifiedAt: delivery.notifiedAt?.toISOString() ?? null,
          deadline: delivery.deadlineAt?.toISOString() ?? null,
          etsi: etsi('AcceptanceRejectionExpiry'),
        },
      })),
    );
    return over.length;
  });
}

/** Twice on the way: after two fifths of the time, and on the last day. */
async function queueReminders(deps: RegisteredDeps, now: Date): Promise<void> {
  await asWorker(deps.database, async (tx) => {
    for (const { messageId } of await selectRunning(tx, 200)) {
      const delivery = await lockDelivery(tx, messageId);
      if (!delivery || !isReminderDue(delivery, now)) continue;
      const number = delivery.reminded + 1;
      await updateDelivery(tx, messageId, { reminded: number });
      const row = { message_id: messageId, company_id: delivery.companyId, at: now };
      await queueMails(tx, [{ ...row, kind: `reminder${number}`, side: 'recipient' }]);
      await record(tx, [
        { ...about(delivery, now), type: 'notification.reminded', actor: 'system', data: { number } },
      ]);
    }
  });
}

export function isReminderDue(
  {
    state,
    notifiedAt,
    deadlineAt,
    reminded,
  }: Pick<Delivery, 'state' | 'notifiedAt' | 'deadlineAt' | 'reminded'>,
  now: Date,
): boolean {
  if (state !== 'waiting' || !notifiedAt || !deadlineAt || now >= deadlineAt) return false;
  const whole = deadlineAt.getTime() - notifiedAt.getTime();
  const dueAt = [notifiedAt.getTime() + 0.4 * whole, deadlineAt.getTime() - day][reminded];
  return dueAt !== undefined && now.getTime() >= dueAt;
}

/** Gives one of the queued mails to the outbox; one that cannot be written now is tried again at growing distances. */
async function mailNext(deps: RegisteredDeps, clock: () => Date): Promise<boolean> {
  const now = clock();
  const mail = await asWorker(deps.database, (tx) =>
    takeDueMail(tx, now, new Date(now.getTime() + 5 * minute)),
  );
  if (!mail) return false;
  const found = await writeMail(deps, mail, now);
  await asWorker(deps.database, (tx) =>
    found ? giveToOutbox(tx, deps, { ...found, mail }, clock()) : markMailSent(tx, mail, clock()),
  );
  return true;
}
