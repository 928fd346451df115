import {
  Kysely,
  PostgresDialect,
  type PostgresPool,
  type PostgresPoolClient,
  type Transaction,
} from 'kysely';
import pg from 'pg';
import { type Log, silentLog } from '#base/log';
import { withoutContents } from './plain-errors.ts';
import { appRole, prepareRoles, type RoleMode, weakerSentence, workerRole } from './roles.ts';
import { askForUrl, DatabaseUnavailable } from './unavailable.ts';
import { valueTypes } from './value-types.ts';

declare const reach: unique symbol;

/**
 * A transaction that may touch the tables in `Tables`; one for more tables can be handed to a use case that asks for fewer, never the
 * other way round. That is written down (`out`), because working it out from Kysely's class for each pair of table sets took most of the
 * type check.
 */
// @ts-expect-error Kysely hands expression builders to callbacks, so the compiler cannot follow that fewer tables are enough.
export interface Tx<out Tables> extends Transaction<Tables> {
  readonly [reach]?: Tables;
}

/** The open database. `app` and `worker` are used through `inCompany` and `asWorker`. */
export type Database<Tables = unknown> = {
  readonly [reach]?: Tables;
  readonly url: string;
  /** Sees the rows of the company that the transaction names. */
  readonly app: Kysely<unknown>;
  /** Sees all companies. */
  readonly worker: Kysely<unknown>;
  /** Owns the tables: for migrations, export and import. */
  readonly owner: pg.Pool;
  readonly mode: RoleMode;
  /** A sentence to print at the start when the database user cannot make roles, else null. */
  readonly weaker: string | null;
  readonly close: () => Promise<void>;
};

export type OpenOptions = {
  readonly url: string;
  readonly log?: Log;
  /** Connections at most, for requests and for workers each. */
  readonly poolSize?: number;
  /** How the connections are named in pg_stat_activity. */
  readonly name?: string;
};

/**
 * Connects to PostgreSQL 15 or newer and prepares the roles. Throws DatabaseUnavailable, with a sentence, when the server
 * cannot be reached. Connections are made as they are needed.
 */
export async function openDatabase<Tables>(options: OpenOptions): Promise<Database<Tables>> {
  const log = options.log ?? silentLog;
  const owner = makePool(options, 2, [], log);
  try {
    const mode = await prepareRoles(owner);
    const size = options.poolSize ?? 10;
    const as = (role: string): string[] => (mode === 'separate' ? [`role=${role}`] : []);
    // A request that takes longer has lost its asker; a worker's statement may run long, but no transaction may lie idle.
    const app = makeKysely(makePool(options, size, [...as(appRole), 'statement_timeout=60s', idle], log));
    const worker = makeKysely(makePool(options, size, [...as(workerRole), idle], log));
    const close = async (): Promise<void> => {
      await Promise.all([app.destroy(), worker.destroy(), owner.end()]);
    };
    const weaker = mode === 'separate' ? null : weakerSentence;
    return { url: options.url, app, worker, owner, mode, weaker, close };
  } catch (error) {
    await owner.end();
    throw error;
  }
}

const idle = 'idle_in_transaction_session_timeout=60s';

function makePool(options: OpenOptions, max: number, settings: readonly string[], log: Log): pg.Pool {
  const { url, ownSettings } = splitUrl(options.url);
  const pool = new pg.Pool({
    connectionString: url,
    options: [...ownSettings, ...settings.map((setting) => `-c ${setting}`)].join(' ') || undefined,
    application_name: options.name ?? 'envoi',
    max,
    types: valueTypes,
    keepAlive: true,
    connectionTimeoutMillis: 15_000,
    idleTimeoutMillis: 30_000,
  });
  // A connection may break while nobody waits for an answer on it, in the pool or between two statements of a transaction, and may
  // say so more than once. Without listeners that would end the process; the pool replaces it, and its next statement fails.
  pool.on('error', (error) => log.warn({ err: withoutContents(error) }, 'an idle database connection broke'));
  pool.on('connect', (client) =>
    client.on('error', (error) => log.debug({ err: withoutContents(error) }, 'a database connection broke')),
  );
  return pool;
}

/** Takes `?options=` out of the address: pg would let it replace ours. */
export function splitUrl(text: string): { url: string; ownSettings: string[] } {
  if (!/^postgres(ql)?:\/\//.test(text) || !URL.canParse(text)) {
    throw new DatabaseUnavailable(`DATABASE_URL is not the address of a PostgreSQL database. ${askForUrl}`);
  }
  const url = new URL(text);
  const own = url.searchParams.getAll('options');
  url.searchParams.delete('options');
  return { url: url.toString(), ownSettings: own };
}

function makeKysely(pool: pg.Pool): Kysely<unknown> {
  return new Kysely<unknown>({ dialect: new PostgresDialect({ pool: plain(pool) }) });
}

/** The pool as Kysely wants it, with errors that hold no contents of rows. */
function plain(pool: pg.Pool): PostgresPool {
  const known = new WeakMap<pg.PoolClient, PostgresPoolClient>();
  const wrap = (client: pg.PoolClient): PostgresPoolClient => {
    const query = (text: string, values: unknown[]): Promise<unknown> =>
      client.query(text, values).catch((error: unknown) => {
        throw withoutContents(error);
      });
    return { query: query as PostgresPoolClient['query'], release: () => client.release() };
  };
  return {
    end: () => pool.end(),
    connect: async () => {
      const client = await pool.connect();
      const found = known.get(client) ?? wrap(client);
      known.set(client, found);
      return found;
    },
  };
}
