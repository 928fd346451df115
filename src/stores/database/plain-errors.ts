import pg from 'pg';

/**
 * Takes the contents of rows and parameters out of a database error, in place, so that it can be logged: PostgreSQL repeats them in
 * details ("Key (email)=(…)") and in the messages of class 22 ("invalid input syntax … "). Code, table and constraint stay.
 */
export function withoutContents(error: unknown): unknown {
  if (!(error instanceof pg.DatabaseError)) return error;
  for (const field of ['detail', 'where', 'internalQuery', 'hint'] as const) delete error[field];
  if (error.code?.startsWith('22') || error.code === '42601') {
    const told = error.message;
    error.message = told.replace(/".*"/su, '"…"');
    if (error.stack) error.stack = error.stack.replace(told, error.message);
  }
  return error;
}
