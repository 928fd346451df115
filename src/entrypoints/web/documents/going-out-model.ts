import { isAside } from '#domain/outbox';
import type { GoingOutModel } from '../kit/index.ts';
import { messagesOf, type Sendings } from './sendings.ts';

/** The seconds to undo of a dispatch; null when it is over, or was taken back. */
export function goingOutModel(
  sendings: Sendings,
  dispatchId: string,
  now: Date,
  next: string,
): GoingOutModel | null {
  const dispatch = sendings.dispatches.find((one) => one.id === dispatchId);
  const left = (dispatch?.undoUntil?.getTime() ?? 0) - now.getTime();
  if (!dispatch || left <= 0 || dispatch.canceledAt) return null;
  const people = messagesOf(sendings, dispatchId).filter((message) => !isAside(message));
  const company = dispatch.handOvers[0]?.partnerName ?? null;
  return { dispatch: dispatchId, seconds: Math.ceil(left / 1000), people: people.length, company, next };
}
