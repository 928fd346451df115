import { type Condition, endsMessage, type StopReason } from '#domain/outbox';
import type { DispatchProblem, DispatchRequest } from './dispatch-request.ts';
import type { Draft } from './draft.ts';

type Asked = Pick<Draft, 'purpose' | 'documents' | 'against'>;

/** Whether what speaks against asking again is looked at here; a run brings a condition and has looked for itself. */
export function asksAgain({ purpose, condition }: DispatchRequest): boolean {
  return purpose === 'reminder' && condition === undefined;
}

/**
 * What must hold in the last second. A reminder that no run sends has the condition of all others, except for what was so already when it
 * was asked for: whoever reminds of a disputed document all the same has seen that it is one.
 */
export function conditionOf({ condition }: DispatchRequest, { purpose, against }: Asked): Condition | null {
  if (condition) return condition;
  if (purpose !== 'reminder') return null;
  return {
    unpaid: true,
    bankDays: null,
    ...(against.size > 0 ? { despite: Object.fromEntries(against) } : {}),
  };
}

/** A document that was paid, decided or replaced is asked for by nobody: it can only be left out. */
export function settledProblems({ documents, against }: Asked): DispatchProblem[] {
  const settled = documents.filter((one) => against.get(one.id)?.some(isSettled));
  if (settled.length === 0) return [];
  const value = settled.map((one) => one.number ?? one.fileName).join(', ');
  return [{ path: 'documentId', reason: 'reminder_settled', value }];
}

/** A pause is the company's own, an expired quote may be asked about all the same, and a canceled document is refused for whatever purpose. */
function isSettled(reason: StopReason): boolean {
  return endsMessage(reason) && !['reminders_paused', 'expired', 'document_canceled'].includes(reason);
}

/** What a person should know who asks again all the same: each reason once. */
export function reasonsDespite({ against }: Pick<Draft, 'against'>): StopReason[] {
  return [...new Set([...against.values()].flat())].filter((one) => !isSettled(one));
}
