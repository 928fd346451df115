import { type SuppressionTables, suppressByRule } from '#domain/customers';
import { type EvidenceTables, type Fact, record } from '#domain/evidence';
import { markHandedOver, markReplied, type TrackingTables } from '#domain/tracking';
import type { Tx } from '#stores/database';
import type { DeliveryState, Message } from './message.ts';
import { lockMessages, updateMessages } from './message-table.ts';
import type { OutboxTables } from './outbox-tables.ts';

/**
 * What a mail that came back says about one message:
 * `failed` — it did not arrive · `complained` — the recipient reported it as unwanted · `arrived` — the recipient's server has it ·
 * `moved_on` — at least the next server has it (a delay, a receipt, an automatic answer) · `replied` — a person has answered.
 */
export type ReportedFate = 'failed' | 'complained' | 'arrived' | 'moved_on' | 'replied';

export interface Reported {
  readonly companyId: string;
  readonly messageId: string;
  readonly fate: ReportedFate;
  /** Class of the failure, kept as the message's detail. */
  readonly failure: string | null;
  /** Trying again would fail again. */
  readonly permanent: boolean;
  /** The event that tells of it; company, dispatch, message and document are filled in. */
  readonly fact: Pick<Fact, 'type' | 'actor' | 'certainty' | 'data' | 'personal'>;
}

/**
 * Settles messages by what came back about them: states, suppressions and events in the caller's transaction, as its last act. A
 * state only moves where the report knows more than we do; the event is recorded in any case. False, with nothing done, when
 * `patient` and a conversation about one of them is still going on: its answer comes first.
 */
export async function settleReports(
  tx: Tx<OutboxTables & EvidenceTables & TrackingTables & SuppressionTables>,
  all: readonly Reported[],
  now: Date,
  { patient }: { readonly patient: boolean },
): Promise<boolean> {
  const locked = await lockMessages(
    tx,
    all.map((one) => one.messageId),
  );
  const settling = all.flatMap((reported) => {
    const message = locked.get(reported.messageId);
    return message?.companyId === reported.companyId
      ? [{ reported, message, delivery: stateAfter(message.delivery, reported.fate) }]
      : [];
  });
  if (patient && settling.some(({ message }) => message.delivery === 'sending')) return false;
  const moved = settling.flatMap(({ message, delivery, reported }) =>
    delivery
      ? [{ id: message.id, delivery, detail: reported.failure, dueAt: message.dueAt, settledAt: now }]
      : [],
  );
  await updateMessages(tx, moved);
  await markHandedOver(
    tx,
    moved.map((one) => one.id),
    now,
  );
  for (const { reported, message } of settling)
    if (reported.fate === 'replied') await markReplied(tx, message.id, now);
  const suppressions = await suppressByRule(tx, settling.map(fateOf), now);
  await record(tx, [...settling.map((one) => factOf(one, now)), ...suppressions]);
  return true;
}

type Settling = { readonly reported: Reported; readonly message: Message };

function factOf({ reported, message }: Settling, at: Date): Fact {
  const { companyId, dispatchId, id, documentId } = message;
  return { ...reported.fact, companyId, dispatchId, messageId: id, documentId, at };
}

/** States in which the mail has left us, as far as is known. */
const left: ReadonlySet<DeliveryState> = new Set(['sending', 'handed_off', 'accepted', 'unconfirmed']);

const waits: ReadonlySet<DeliveryState> = new Set(['queued', 'deferred', 'held']);

/** The new state, or null where the report changes none: a message that waits or was taken back is not the one that left. */
function stateAfter(from: DeliveryState, fate: ReportedFate): DeliveryState | null {
  switch (fate) {
    case 'failed':
      return left.has(from) ? 'bounced' : null;
    case 'complained':
      return left.has(from) || from === 'bounced' ? 'complained' : null;
    case 'arrived':
      // Known now, also when a person has meanwhile decided to send it again.
      return (left.has(from) && from !== 'accepted') || waits.has(from) ? 'accepted' : null;
    case 'moved_on':
    case 'replied':
      return from === 'sending' || from === 'unconfirmed' ? 'handed_off' : null;
  }
}

function fateOf({ message, reported }: Settling) {
  const { fate, failure, permanent } = reported;
  const against = fate === 'complained' ? 'complaint' : fate === 'failed' && permanent ? failure : null;
  const { companyId, id, address } = message;
  return { companyId, messageId: id, address, failure: against, origin: 'report' as const };
}
