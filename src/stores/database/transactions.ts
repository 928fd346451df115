import { sql } from 'kysely';
import type { Database, Tx } from './connect.ts';

/**
 * Runs `work` in a transaction that sees and writes the rows of one company only; whatever it throws undoes everything and is
 * thrown on. Nothing is tried twice.
 */
export async function inCompany<Tables, Result>(
  database: Database<Tables>,
  companyId: string,
  work: (tx: Tx<Tables>) => Promise<Result>,
): Promise<Result> {
  if (companyId === '') throw new Error('inCompany needs a company.');
  return database.app.transaction().execute(async (tx) => {
    await sql`select set_config('envoi.company', ${companyId}, true)`.execute(tx);
    return work(tx as unknown as Tx<Tables>);
  });
}

/**
 * Like `inCompany`, but reading only, from one state that does not change while it is read, for as long as it takes. For what reads everything: it keeps the
 * database from tidying up behind it.
 */
export async function inSnapshot<Tables, Result>(
  database: Database<Tables>,
  companyId: string,
  work: (tx: Tx<Tables>) => Promise<Result>,
): Promise<Result> {
  if (companyId === '') throw new Error('inSnapshot needs a company.');
  const transaction = database.app
    .transaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only');
  return transaction.execute(async (tx) => {
    await sql`select set_config('envoi.company', ${companyId}, true)`.execute(tx);
    await sql`set local idle_in_transaction_session_timeout = 0`.execute(tx);
    return work(tx as unknown as Tx<Tables>);
  });
}

/** Runs `work` in a transaction that sees all companies: for workers, the sequencer, logins and start-up. Nothing is tried twice. */
export async function asWorker<Tables, Result>(
  database: Database<Tables>,
  work: (tx: Tx<Tables>) => Promise<Result>,
): Promise<Result> {
  return database.worker.transaction().execute((tx) => work(tx as unknown as Tx<Tables>));
}

/** Wakes whoever listens on the channel, when the transaction is committed; `payload` may have 7,999 bytes. */
export async function notify<Tables>(tx: Tx<Tables>, channel: string, payload: string): Promise<void> {
  await sql`select pg_notify(${channel}, ${payload})`.execute(tx);
}

/** Runs `work` in a transaction of the company that is undone: it sees its own changes, and nobody else ever does. */
export async function inPassing<Tables, Result>(
  database: Database<Tables>,
  companyId: string,
  work: (tx: Tx<Tables>) => Promise<Result>,
): Promise<Result> {
  const undone = new Error('undone on purpose');
  const results: Result[] = [];
  try {
    await inCompany(database, companyId, async (tx) => {
      results.push(await work(tx));
      throw undone;
    });
  } catch (error) {
    if (error !== undone) throw error;
  }
  return results[0] as Result;
}
