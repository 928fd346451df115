import { after, second } from '#base/time';
import { type SuppressionTables, suppressByRule } from '#domain/customers';
import { type EvidenceTables, type Fact, record } from '#domain/evidence';
import { markSendersBroken, type SenderTables } from '#domain/senders';
import { markHandedOver } from '#domain/tracking';
import type { TlsFacts } from '#mail/smtp';
import { asWorker, type Tx } from '#stores/database';
import type { Answer } from './answer.ts';
import { type AttemptEnd, endAttempts } from './attempt-table.ts';
import { insertDnsAnswers, newAnswersOf } from './dns-answers-table.ts';
import { heldFact } from './lease-messages.ts';
import { isDelayed, type Message, retryAt } from './message.ts';
import { lockMessages, type MessageChange, updateMessages } from './message-table.ts';
import type { Outbox } from './outbox.ts';

/**
 * Settles attempts by what the servers answered: attempt, message state, events and the time of hand-over in one transaction.
 * An answer settles its own attempt whenever it comes, a replayed one included; it changes nothing twice.
 */
export async function settleAnswers(outbox: Outbox, answers: readonly Answer[]): Promise<void> {
  if (answers.length === 0) return;
  const now = outbox.clock();
  await asWorker(outbox.database, async (tx) => {
    const messages = await lockMessages(
      tx,
      answers.map((answer) => answer.messageId),
    );
    const fresh = await endAttempts(tx, answers.map(attemptEnd), now);
    const settled = answers.flatMap((answer) => {
      const message = messages.get(answer.messageId);
      const change = message && fresh.has(answer.attemptId) ? changeBy(answer, message, now) : null;
      return message && change ? [{ answer, message, change }] : [];
    });
    await insertDnsAnswers(tx, newAnswersOf(answers, messages), now);
    await updateMessages(
      tx,
      settled.map((one) => one.change),
    );
    await markHandedOver(
      tx,
      settled.filter((one) => mayHaveArrived.has(one.change.delivery)).map((one) => one.message.id),
      now,
    );
    await recordSettled(tx, settled, now);
  });
}

type SettleTx = Tx<SenderTables & SuppressionTables & EvidenceTables>;

/** Events of what was settled, and what follows from it for senders and addresses. */
async function recordSettled(tx: SettleTx, settled: readonly Settled[], now: Date): Promise<void> {
  const broken = settled.filter((one) => one.answer.isSenderProblem);
  const senderFacts = await markSendersBroken(
    tx,
    broken.map(({ message, answer }) => ({
      senderId: message.senderId,
      companyId: message.companyId,
      problem: answer.problem ?? 'refused',
    })),
    now,
  );
  const refused = settled.filter((one) => one.change.delivery === 'rejected');
  const suppressions = await suppressByRule(
    tx,
    refused.map(({ message, answer }) => ({ ...fateOf(message), failure: answer.problem })),
    now,
  );
  const facts = settled.map((one) => settledFact(one.answer, one.message, one.change, now));
  await record(tx, [...facts, ...senderFacts, ...suppressions]);
}

interface Settled {
  readonly answer: Answer;
  readonly message: Message;
  readonly change: MessageChange;
}

function fateOf({ companyId, id, address }: Message) {
  return { companyId, messageId: id, address, origin: 'server' as const };
}

/** After these the recipient may have the mail: whoever opens it is not on its way any more. */
const mayHaveArrived: ReadonlySet<MessageChange['delivery']> = new Set([
  'handed_off',
  'accepted',
  'unconfirmed',
]);

/** The new state of a message, or null when this answer no longer decides about it. */
function changeBy(answer: Answer, message: Message, now: Date): MessageChange | null {
  const change = (
    delivery: MessageChange['delivery'],
    detail: string | null,
    dueAt = message.dueAt,
  ): MessageChange => ({
    id: message.id,
    delivery,
    detail,
    dueAt,
    settledAt: ['deferred', 'held'].includes(delivery) ? null : now,
  });
  if (answer.outcome === 'accepted') {
    // Known now, whatever was believed meanwhile: the reaper may have called it unconfirmed, a person may have sent it again.
    const isOpen = ['sending', 'unconfirmed', 'queued', 'deferred', 'held'].includes(message.delivery);
    return isOpen ? change(answer.success, null) : null;
  }
  if (message.delivery !== 'sending' || message.fence !== answer.fence) return null;
  if (answer.outcome === 'unknown_after_dot') return change('unconfirmed', answer.problem);
  if (answer.isSenderProblem) return change('held', 'sender_broken');
  if (answer.outcome === 'permanent') return change('rejected', answer.problem);
  // The line is not the recipient's fault: the hours of trying begin when it is really tried.
  if (answer.problem === 'over_limit' && answer.notBefore)
    return { ...change('deferred', 'over_limit', new Date(answer.notBefore)), isUntried: true };
  if (ownFaults.has(answer.problem ?? '')) return change('deferred', null, after(now, ownFaultWait));
  const next = retryAt(message.attemptCount, message.firstTriedAt ?? now, now, Math.random());
  return next ? change('deferred', answer.problem, next) : change('expired', answer.problem);
}

/** What went wrong on our side before anything left: no reason to let the recipient wait. */
const ownFaults: ReadonlySet<string> = new Set(['stopped_here', 'dot_not_recorded']);
const ownFaultWait = 5 * second;

function settledFact(answer: Answer, message: Message, change: MessageChange, now: Date): Fact {
  if (change.delivery === 'held') return heldFact(message, change.detail ?? 'sender_broken', now);
  return {
    type: `message.${change.delivery}`,
    companyId: message.companyId,
    dispatchId: message.dispatchId,
    messageId: message.id,
    documentId: message.documentId,
    at: now,
    actor: 'server',
    data: {
      attempt: message.attemptCount,
      ...(answer.problem ? { problem: answer.problem } : {}),
      ...(answer.step ? { step: answer.step } : {}),
      ...(answer.code ? { code: answer.code } : {}),
      ...(answer.enhanced ? { enhanced: answer.enhanced } : {}),
      ...(answer.host ? { host: answer.host } : {}),
      ...(answer.ip ? { ip: answer.ip } : {}),
      ...(answer.tls ? { tls: tlsFact(answer.tls) } : {}),
      ...(answer.tlsGivenUp ? { tlsGivenUp: answer.tlsGivenUp.why } : {}),
      ...(change.delivery === 'deferred'
        ? { nextTryAt: change.dueAt.toISOString(), delayed: isDelayed(message, now) }
        : {}),
      ...(answer.dns && answer.dns.length > 0 ? { dnsSha256: answer.dns } : {}),
      mailSha256: answer.mailSha256,
      answeredAt: answer.at,
    },
    // A server's words may name the recipient.
    personal: { ...(answer.reply ? { reply: answer.reply } : {}) },
  };
}

function tlsFact(tls: TlsFacts) {
  return {
    protocol: tls.protocol,
    cipher: tls.cipher,
    authorized: tls.authorized,
    fingerprint256: tls.fingerprint256,
  };
}

function attemptEnd(answer: Answer): AttemptEnd {
  const { attemptId, outcome, problem, step, code, enhanced, reply, host, ip, tls } = answer;
  const { tlsGivenUp = null, dns = null } = answer;
  return { id: attemptId, outcome, problem, step, code, enhanced, reply, host, ip, tls, tlsGivenUp, dns };
}
