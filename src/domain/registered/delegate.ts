import type { EventData } from '#domain/evidence';
import type { Delivery } from './delivery.ts';

/** A colleague to whom the recipient has handed a delivery; named by the mail that told him, whose link is his. */
export interface Delegate {
  readonly linkMessageId: string;
  readonly messageId: string;
  readonly companyId: string;
  readonly name: string;
  readonly address: string;
  readonly createdAt: Date;
  readonly endedAt: Date | null;
}

/** A delivery as one browser holds it: by the recipient's own link, or by a delegate's. Codes and sessions belong to that link. */
export interface Held {
  readonly delivery: Delivery;
  readonly linkMessageId: string;
  /** Null: the recipient himself. */
  readonly delegate: Delegate | null;
}

/** To whom codes go, and who answers. */
export function holderAddress({ delivery, delegate }: Held): string {
  return delegate?.address ?? delivery.address;
}

/** As many as an office may have for one matter; more would be a way to write to strangers. */
export const mostDelegates = 3;
export const mostNameLength = 100;

/** What an event says of the delegate who acted; his name and address can be erased. */
export function delegateFacts(delegate: Delegate | null): {
  readonly data: EventData;
  readonly personal: EventData;
} {
  if (!delegate) return { data: {}, personal: {} };
  return {
    data: { delegate: delegate.linkMessageId },
    personal: { delegateName: delegate.name, delegateAddress: delegate.address },
  };
}

/** Who acts in whose place, for words. */
export function placeOf(
  { name, address }: Delegate,
  delivery: Pick<Delivery, 'address'>,
): { readonly name: string; readonly address: string; readonly for: string } {
  return { name, address, for: delivery.address };
}
