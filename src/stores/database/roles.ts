import pg from 'pg';
import { askForUrl, DatabaseUnavailable } from './unavailable.ts';

export const appRole = 'envoi_app';
export const workerRole = 'envoi_worker';

/** Who may do what: `separate` roles for requests and workers, or everything as the one role of DATABASE_URL. */
export type RoleMode = 'separate' | 'single';

const oldestVersion = 150_000; // PostgreSQL 15: what Debian 12 has; tested with 15 and 18

/** What start-up prints when the database gives us only one role. */
export const weakerSentence =
  'The database user may not create roles, so companies are kept apart by one lock instead of two: the queries. ' +
  `Let an administrator run: create role ${appRole}; create role ${workerRole}; grant ${appRole}, ${workerRole} to the user of DATABASE_URL.`;

/**
 * Makes the two roles where they are missing and the user may, and tells which mode works. Throws DatabaseUnavailable for
 * a server that cannot be reached or is too old.
 */
export async function prepareRoles(pool: pg.Pool): Promise<RoleMode> {
  const client = await connectOrExplain(pool);
  try {
    const { rows } = await client.query<{ version: number; may: boolean; roles: string[] }>(
      `select current_setting('server_version_num')::int as version, rolsuper or rolcreaterole as may,
        array(select rolname::text from pg_roles where rolname in ($1, $2) and pg_has_role(current_user, oid, 'member')) as roles
       from pg_roles where rolname = current_user`,
      [appRole, workerRole],
    );
    const found = rows[0];
    if (found === undefined) throw new Error('The database does not know its own user.');
    if (found.version < oldestVersion) {
      throw new DatabaseUnavailable('This PostgreSQL is too old: Envoi needs version 15 or newer.');
    }
    if (found.roles.length < 2 && found.may) await makeRoles(client);
    return (await canBecomeBoth(client)) ? 'separate' : 'single';
  } finally {
    client.release();
  }
}

async function connectOrExplain(pool: pg.Pool): Promise<pg.PoolClient> {
  try {
    return await pool.connect();
  } catch (error) {
    const why = error instanceof Error ? error.message || (error as NodeJS.ErrnoException).code : 'no answer';
    throw new DatabaseUnavailable(
      `The database does not let us in (${why}). Check DATABASE_URL. ${askForUrl}`,
    );
  }
}

async function makeRoles(client: pg.PoolClient): Promise<void> {
  for (const role of [appRole, workerRole]) {
    // Another process, or another installation in the same cluster, may be making them at this moment.
    await client.query(`create role ${role} nologin`).catch(ignoreDatabaseError);
    await client.query(`grant ${role} to current_user`).catch(ignoreDatabaseError);
  }
}

async function canBecomeBoth(client: pg.PoolClient): Promise<boolean> {
  try {
    await client.query(
      `begin; set local role ${appRole}; reset role; set local role ${workerRole}; rollback`,
    );
    return true;
  } catch (error) {
    ignoreDatabaseError(error);
    await client.query('rollback');
    return false;
  }
}

function ignoreDatabaseError(error: unknown): void {
  if (!(error instanceof pg.DatabaseError)) throw error;
}
