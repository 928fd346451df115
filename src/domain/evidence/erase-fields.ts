import type { Tx } from '#stores/database';
import { deleteDisclosures } from './disclosure-table.ts';
import { type Actor, disclosureDigest } from './event.ts';
import type { EvidenceTables } from './event-table.ts';
import type { EventValue } from './event-value.ts';
import { record } from './record.ts';

export interface Erasure {
  readonly companyId: string;
  readonly eventIds: readonly string[];
  /** Why: a stable word such as `request` or `retention`. */
  readonly ground: string;
  readonly actor: Actor;
  /** Of these names only; absent: all. */
  readonly names?: readonly string[];
}

/**
 * Erases the personal fields of these events: their values are deleted, and an event accounts for the digests that stay behind, so
 * that every hash and proof still holds. Returns how many fields there were.
 */
export async function eraseFields(tx: Tx<EvidenceTables>, erasure: Erasure, now: Date): Promise<number> {
  const { companyId, ground, actor } = erasure;
  const gone = await deleteDisclosures(tx, companyId, erasure.eventIds, erasure.names);
  const ids = [...new Set(gone.map((one) => one.event_id))];
  await record(
    tx,
    ids.map((eventId) => {
      const fields = gone.filter((one) => one.event_id === eventId);
      const digests = fields.map((one) =>
        disclosureDigest(one.salt, one.name, one.value as unknown as EventValue),
      );
      const names = fields.map((one) => one.name);
      return {
        type: 'disclosure.erased' as const,
        companyId,
        at: now,
        actor,
        data: { eventId, ground, names: names.sort(), digests: digests.sort() },
      };
    }),
  );
  return gone.length;
}
