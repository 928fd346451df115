import { second } from '#base/time';
import { logGrew } from '#domain/evidence';
import { followNotices } from '#domain/notices';
import { catchUp, reachOfOverview } from '#domain/overview';
import { asWorker, listen } from '#stores/database';
import type { WebNeeds } from '../needs.ts';
import { readChange, type Told } from './read-change.ts';
import type { Subscriber } from './subscriber.ts';

/** Proxies cut lines that say nothing for a minute. */
const heartbeatMs = 20 * second;
/** Events of one moment (a run of a thousand messages) are told together. */
const gatherMs = 60;

export interface LiveLines {
  /** Tells the browser what it has missed, then whatever happens, until its line ends. */
  join(subscriber: Subscriber): void;
  leave(subscriber: Subscriber): void;
  readonly size: () => number;
  close(): Promise<void>;
}

/**
 * Tells open pages what changed. One connection to the database listens for the whole process; on each growth of the log
 * the overview is brought up to it first, so that a page that fetches its pieces anew finds them changed.
 */
export async function openLiveLines(
  needs: Pick<WebNeeds, 'database' | 'log'>,
  everyMs: number = heartbeatMs,
): Promise<LiveLines> {
  const lines = new Set<Subscriber>();
  const rounds = makeRounds(needs, lines);
  const ears = await listen(needs.database, logGrew, () => lines.size > 0 && rounds.ask());
  const heart = setInterval(() => void beat(lines), everyMs);
  return {
    join: (subscriber) => {
      lines.add(subscriber);
      subscriber.send('retry: 2000\n\n');
      rounds.ask();
    },
    leave: (subscriber) => void lines.delete(subscriber),
    size: () => lines.size,
    close: async () => {
      clearInterval(heart);
      for (const line of [...lines]) line.end();
      await ears.close();
      await rounds.ended();
    },
  };
}

/** Rounds run one after the other; what asks during one is served by the next. */
function makeRounds(needs: Pick<WebNeeds, 'database' | 'log'>, lines: ReadonlySet<Subscriber>) {
  let isAsked = false;
  let running: Promise<void> | null = null;
  const run = async (): Promise<void> => {
    while (isAsked) {
      await new Promise((resolve) => setTimeout(resolve, gatherMs));
      isAsked = false;
      await tellAll(needs, [...lines]).catch((error: unknown) =>
        needs.log.error({ err: error }, 'open pages could not be told what changed'),
      );
    }
    running = null;
  };
  return {
    ask: (): void => {
      isAsked = true;
      running ??= run();
    },
    ended: async (): Promise<void> => {
      isAsked = false;
      await running;
    },
  };
}

async function tellAll(
  { database }: Pick<WebNeeds, 'database'>,
  lines: readonly Subscriber[],
): Promise<void> {
  if (lines.length === 0) return;
  await catchUp(database);
  await followNotices(database, 'wait');
  const upTo = await asWorker(database, reachOfOverview);
  const known = new Map<string, Promise<Told>>();
  for (const line of lines) {
    if (line.last >= upTo) continue;
    const key = `${line.companyId} ${line.last}`;
    const told = known.get(key) ?? readChange(database, line.companyId, { after: line.last, upTo });
    known.set(key, told);
    tell(line, await told, upTo);
  }
}

function tell(line: Subscriber, told: Told, upTo: number): void {
  line.last = upTo;
  if (told.kind === 'stale') line.send(`id: ${upTo}\nevent: stale\ndata: {}\n\n`);
  if (told.kind === 'changed')
    line.send(`id: ${told.index}\nevent: changed\ndata: ${JSON.stringify(told.change)}\n\n`);
}

/** Shows that the line is alive, and cuts it where the session has ended meanwhile. */
async function beat(lines: ReadonlySet<Subscriber>): Promise<void> {
  for (const line of [...lines]) {
    const isOpen = await line.isOpen().catch(() => true);
    if (isOpen) line.send(': still here\n\n');
    else line.end();
  }
}
