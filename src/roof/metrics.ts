import { collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import { minute } from '#base/time';
import { countWaiting, lastLogChecks, logSize, newestCheckpoint, unverifiedSince } from '#domain/evidence';
import { countOpenByKind } from '#domain/notices';
import { countAttempts, countUnsettled, listWorkers, oldestDueMs } from '#domain/outbox';
import { countHits } from '#domain/tracking';
import { webhookBacklog } from '#domain/webhooks';
import { asWorker, type Tx } from '#stores/database';
import type { AllTables, Installation } from './installation.ts';

type Figure = { readonly labels: Readonly<Record<string, string>>; readonly value: number };
type Read = (tx: Tx<AllTables>, now: Date) => Promise<readonly Figure[]>;

interface Metric {
  readonly name: string;
  readonly help: string;
  readonly labels: readonly string[];
  readonly read: Read;
}

/** Rates are counted over so long: longer than the usual pause between two scrapes. */
const recent = 5 * minute;

const single =
  (read: (tx: Tx<AllTables>, now: Date) => Promise<number>): Read =>
  async (tx, now) => [{ labels: {}, value: await read(tx, now) }];

const since = (now: Date): Date => new Date(now.getTime() - recent);

/** Figures of the whole installation, read from the database: the same whichever process is asked. No label holds anything personal. */
const metrics: readonly Metric[] = [
  {
    name: 'envoi_queue_oldest_due_seconds',
    help: 'Age of the oldest message that should have gone out',
    labels: [],
    read: single(async (tx, now) => ((await oldestDueMs(tx, now)) ?? 0) / 1000),
  },
  {
    name: 'envoi_queue_messages',
    help: 'Messages that have not left, by state',
    labels: ['delivery'],
    read: async (tx) =>
      (await countUnsettled(tx)).map(({ delivery, count }) => ({ labels: { delivery }, value: count })),
  },
  {
    name: 'envoi_attempts_recent',
    help: 'Attempts that ended in the last five minutes, by outcome and class of failure; "lost" is a lease that its worker did not keep',
    labels: ['outcome', 'problem'],
    read: async (tx, now) =>
      (await countAttempts(tx, since(now))).map(({ outcome, problem, count }) => ({
        labels: { outcome, problem },
        value: count,
      })),
  },
  {
    name: 'envoi_hits_recent',
    help: 'Hits on portal and pixel in the last five minutes, by signal and by who or what they were',
    labels: ['signal', 'actor'],
    read: async (tx, now) =>
      (await countHits(tx, since(now))).map(({ signal, actor, count }) => ({
        labels: { signal, actor },
        value: count,
      })),
  },
  {
    name: 'envoi_notices_open',
    help: 'Notices that need a person, by kind',
    labels: ['kind'],
    read: async (tx) =>
      (await countOpenByKind(tx)).map(({ kind, count }) => ({ labels: { kind }, value: count })),
  },
  {
    name: 'envoi_webhooks_waiting',
    help: 'Events that wait to be told to webhooks',
    labels: [],
    read: single(async (tx, now) => (await webhookBacklog(tx, now)).waiting),
  },
  {
    name: 'envoi_webhooks_oldest_due_seconds',
    help: 'Age of the oldest event that should have been told',
    labels: [],
    read: single(async (tx, now) => (await webhookBacklog(tx, now)).oldestDueMs / 1000),
  },
  {
    name: 'envoi_workers_alive',
    help: 'Processes that have given a sign of life in the last minute, by role',
    labels: ['role'],
    read: readWorkers,
  },
  { name: 'envoi_log_size', help: 'Events in the log', labels: [], read: single(logSize) },
  {
    name: 'envoi_log_unsequenced',
    help: 'Events that wait for their place in the log',
    labels: [],
    read: single(countWaiting),
  },
  {
    name: 'envoi_checkpoint_age_seconds',
    help: 'Age of the newest signed checkpoint of the log while there are events after it, else 0',
    labels: [],
    read: single(async (tx, now) => {
      const [newest, size] = [await newestCheckpoint(tx), await logSize(tx)];
      if (!newest || newest.size >= size) return 0;
      return (now.getTime() - newest.made_at.getTime()) / 1000;
    }),
  },
  {
    name: 'envoi_log_verified_age_seconds',
    help: 'Age of the last check of the whole log that found nothing wrong, or of the log where there was none',
    labels: [],
    read: single(async (tx, now) => {
      const since = await unverifiedSince(tx);
      return since ? (now.getTime() - since.getTime()) / 1000 : 0;
    }),
  },
  {
    name: 'envoi_log_broken',
    help: '1 when the last check of the whole log found something that does not fit, else 0',
    labels: [],
    read: single(async (tx) => ((await lastLogChecks(tx)).last?.broken ? 1 : 0)),
  },
];

async function readWorkers(tx: Tx<AllTables>, now: Date): Promise<Figure[]> {
  const alive = (await listWorkers(tx)).filter((one) => now.getTime() - one.seenAt.getTime() < minute);
  const roles = ['web', 'worker', 'smtp'];
  return roles.map((role) => ({
    labels: { role },
    value: alive.filter((one) => one.roles.includes(role)).length,
  }));
}

/** The registry that `/metrics` shows: the installation's figures, and those of this process. A figure that cannot be read is left out. */
export function makeMetrics({ database, clock }: Pick<Installation, 'database' | 'clock'>): Registry {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry, prefix: 'envoi_' });
  for (const { name, help, labels, read } of metrics)
    new Gauge({
      name,
      help,
      labelNames: [...labels],
      registers: [registry],
      async collect() {
        this.reset();
        const figures = await asWorker(database, (tx) => read(tx, clock())).catch(() => []);
        for (const figure of figures) this.set({ ...figure.labels }, figure.value);
      },
    });
  return registry;
}
