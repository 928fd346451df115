import type { Clock } from '#base/time';
import { asWorker, type Database } from '#stores/database';
import { type LimitState, type LimitTables, lockLimit, takeBack, updateLimit } from './limit-table.ts';

/** A pace: so many messages at once, then one after the other. */
export interface Limit {
  /** What is counted together: `site:google`, `account:smtp.office365.com:claire@…`. */
  readonly name: string;
  readonly perSecond: number;
  readonly burst: number;
}

/** Takes back a turn that was given and not used. */
export type GiveBack = (limit: Limit) => Promise<void>;

export function makeGiveBack(database: Database<LimitTables>): GiveBack {
  return ({ name, perSecond }) => asWorker(database, (tx) => takeBack(tx, name, 1000 / perSecond));
}

/** Asks for the turn of one message: null when it may go now, else when it may come back. */
export type TakeTurn = (limit: Limit) => Promise<Date | null>;

/**
 * Gives turns by limits that all workers share (a token bucket in the form of a virtual schedule: ITU-T I.371, GCRA). What is over
 * the limit gets a turn of its own further back, so that ten thousand messages do not all come back in the same second.
 */
export function makeTakeTurn(database: Database<LimitTables>, now: Clock): TakeTurn {
  type Asking = {
    readonly limit: Limit;
    readonly tell: (due: Date | null) => void;
    readonly fail: (error: unknown) => void;
  };
  const waiting: Asking[] = [];
  let isRunning = false;

  const run = async (): Promise<void> => {
    isRunning = true;
    while (waiting.length > 0) {
      const name = waiting[0]?.limit.name;
      const together = waiting.filter((one) => one.limit.name === name);
      waiting.splice(0, waiting.length, ...waiting.filter((one) => one.limit.name !== name));
      await give(together).catch((error: unknown) => {
        for (const one of together) one.fail(error);
      });
    }
    isRunning = false;
  };

  const give = async (together: readonly Asking[]): Promise<void> => {
    const [first] = together;
    if (!first) return;
    const dues = await asWorker(database, async (tx) => {
      const state = await lockLimit(tx, first.limit.name);
      const { after, turns } = giveTurns(state, first.limit, together.length, now().getTime());
      await updateLimit(tx, first.limit.name, after);
      return turns;
    });
    together.forEach((one, index) => {
      one.tell(dues[index] ?? null);
    });
  };

  return (limit) =>
    new Promise((tell, fail) => {
      waiting.push({ limit, tell, fail });
      if (!isRunning) void run();
    });
}

/** The turns of `count` messages that come at `now` (milliseconds), and the state afterwards. */
export function giveTurns(
  before: LimitState,
  { perSecond, burst }: Pick<Limit, 'perSecond' | 'burst'>,
  count: number,
  now: number,
): { readonly after: LimitState; readonly turns: readonly (Date | null)[] } {
  const interval = 1000 / perSecond;
  let { arrival, line } = before;
  const turns = Array.from({ length: count }, () => {
    const next = Math.max(arrival, now);
    if (next - now <= (burst - 1) * interval) {
      arrival = next + interval;
      return null;
    }
    line = Math.max(line, arrival - (burst - 1) * interval, now) + interval;
    return new Date(Math.ceil(line));
  });
  return { after: { arrival, line }, turns };
}
