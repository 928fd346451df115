import { checkStamp } from '#formats/proof';
import { asWorker, type Database } from '#stores/database';
import type { EvidenceTables } from './event-table.ts';
import {
  type Checkpoint,
  type Stamp,
  selectNewestCheckpoint,
  selectStamps,
  tileReader,
} from './log-tree-table.ts';
import { inclusionPath } from './merkle.ts';

/** A signed head of the log, and for each event the way from it to the root. */
export interface LogProofs {
  readonly checkpoint: Checkpoint;
  /** Those that hold for the checkpoint. */
  readonly stamps: readonly ProvenStamp[];
  /** In the order of the places that were asked for. */
  readonly paths: readonly (readonly Buffer[])[];
}

export interface ProvenStamp extends Pick<Stamp, 'service' | 'token'> {
  /** The time that the service vouches for, as its token says it. */
  readonly at: Date;
}

/**
 * Proves that the events at these places (`logIndex`, from 1) are in the log, by its newest checkpoint. Throws when one of them came after
 * it: make a checkpoint first.
 */
export async function proveEvents(
  database: Database<EvidenceTables>,
  places: readonly number[],
): Promise<LogProofs> {
  const found = await asWorker(database, async (tx) => {
    const checkpoint = await selectNewestCheckpoint(tx);
    if (!checkpoint) throw new Error('The log has no checkpoint yet.');
    const readTile = tileReader(tx);
    const paths: (readonly Buffer[])[] = [];
    for (const place of places) paths.push(await inclusionPath(readTile, place - 1, checkpoint.size));
    return { checkpoint, stamps: await selectStamps(tx, checkpoint.size), paths };
  });
  const proven = await Promise.all(found.stamps.map((stamp) => prove(stamp, found.checkpoint)));
  return { ...found, stamps: proven.filter((stamp) => stamp !== null) };
}

async function prove({ service, token }: Stamp, { note }: Checkpoint): Promise<ProvenStamp | null> {
  const checked = await checkStamp(token, Buffer.from(note)).catch(() => null);
  return checked && { service, token, at: checked.at };
}
