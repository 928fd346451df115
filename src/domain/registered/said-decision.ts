import { readEvents } from '#domain/evidence';
import { asWorker } from '#stores/database';
import type { RegisteredDeps } from './registered-deps.ts';

/** What was declared by accepting or refusing, as it was shown beside the button; parts that were erased meanwhile are null. */
export interface Said {
  readonly statement: string | null;
  /** SHA-256 of the statement, as the event has it. */
  readonly statementSha256: string | null;
  readonly reason: string | null;
}

/** More than that no delivery has: the decision is among the first of its events. */
const mostEvents = 10_000;

/** Reads from the history what was declared in the decision of a delivery; null where none of this kind is recorded. */
export async function saidIn(
  deps: Pick<RegisteredDeps, 'database'>,
  messageId: string,
  decision: 'accepted' | 'refused',
): Promise<Said | null> {
  const events = await asWorker(deps.database, (tx) =>
    readEvents(tx, { kind: 'message', id: messageId, limit: mostEvents }),
  );
  const found = events.find((event) => event.type === `decision.${decision}`);
  if (!found) return null;
  const { statement, statementSha256, reason } = found.data;
  return { statement: textOf(statement), statementSha256: textOf(statementSha256), reason: textOf(reason) };
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}
