import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type pg from 'pg';
import type { Database } from './connect.ts';
import { withoutContents } from './plain-errors.ts';
import { secureTables } from './secure-tables.ts';
import { DatabaseUnavailable } from './unavailable.ts';

export type Migration = { readonly name: string; readonly text: string; readonly sha256: string };

/** Where Envoi's own migrations lie. */
export const migrationsFolder = resolve(import.meta.dirname, '../../../migrations');

// Any number will do, as long as nothing else in this database takes the same advisory lock.
const lockNumber = 7_363_668_401;

/**
 * Brings the tables up to date: applies the files `NNNN-name.sql` that are not yet applied, each in its own transaction, while other
 * processes wait, then secures every table. Returns the names applied now. Throws DatabaseUnavailable when an applied file
 * was changed or is gone.
 */
export async function migrate(database: Database, folder = migrationsFolder): Promise<string[]> {
  const wanted = await readMigrations(folder);
  const client = await database.owner.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [lockNumber]);
    try {
      const applied = await readApplied(client);
      refuseChanged(wanted, applied);
      const missing = wanted.filter(({ name }) => !applied.has(name));
      for (const migration of missing) await apply(client, migration);
      await secureTables(client, database.mode);
      return missing.map(({ name }) => name);
    } finally {
      await client.query('select pg_advisory_unlock($1)', [lockNumber]);
    }
  } catch (error) {
    throw withoutContents(error);
  } finally {
    client.release();
  }
}

const undefinedTable = '42P01'; // PostgreSQL, appendix A

/** Tells whether all of Envoi's migrations are applied, without changing anything. Throws when the database cannot be asked. */
export async function isMigrated(database: Database, folder = migrationsFolder): Promise<boolean> {
  const wanted = await readMigrations(folder);
  const { rows } = await database.owner
    .query<{ names: string[] | null }>(
      `select array(select name from applied_migrations) as names where to_regclass('applied_migrations') is not null`,
    )
    .catch((error: { code?: unknown }) => {
      if (error.code === undefinedTable) return { rows: [] };
      throw error;
    });
  const names = new Set(rows[0]?.names ?? []);
  return wanted.every(({ name }) => names.has(name));
}

/** Reads the migrations of a folder in their order. Throws when a name does not fit or a number is used twice. */
export async function readMigrations(folder: string): Promise<Migration[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.sql')).sort();
  const numbers = new Set(names.map((name) => name.slice(0, 4)));
  const odd = names.find((name) => !/^\d{4}-[a-z0-9-]+\.sql$/.test(name));
  if (odd !== undefined) throw new Error(`A migration is named NNNN-name.sql; ${odd} is not.`);
  if (numbers.size < names.length) throw new Error('Two migrations have the same number.');
  return Promise.all(
    names.map(async (name) => {
      const text = await readFile(join(folder, name), 'utf8');
      return { name, text, sha256: createHash('sha256').update(text).digest('hex') };
    }),
  );
}

async function readApplied(client: pg.ClientBase): Promise<Map<string, string>> {
  await client.query(
    'create table if not exists applied_migrations (name text primary key, sha256 text not null, applied_at timestamptz not null default now())',
  );
  const { rows } = await client.query<{ name: string; sha256: string }>(
    'select name, sha256 from applied_migrations',
  );
  return new Map(rows.map(({ name, sha256 }) => [name, sha256]));
}

function refuseChanged(wanted: readonly Migration[], applied: ReadonlyMap<string, string>): void {
  const texts = new Map(wanted.map(({ name, sha256 }) => [name, sha256]));
  for (const [name, sha256] of applied) {
    if (!texts.has(name)) {
      throw new DatabaseUnavailable(
        `The database was used by a newer Envoi (it has the migration ${name}, which is not here). Start that version, or restore a backup.`,
      );
    }
    if (texts.get(name) !== sha256) {
      throw new DatabaseUnavailable(
        `The migration ${name} was changed after it was applied. Put the original file back, and make the change in a new migration.`,
      );
    }
  }
}

async function apply(client: pg.ClientBase, migration: Migration): Promise<void> {
  try {
    await client.query('begin');
    await client.query(migration.text);
    await client.query('insert into applied_migrations (name, sha256) values ($1, $2)', [
      migration.name,
      migration.sha256,
    ]);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback');
    if (error instanceof Error) error.message = `${migration.name}: ${error.message}`;
    throw error;
  }
}
