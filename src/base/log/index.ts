import { type Logger, pino } from 'pino';

export type Log = Logger;

/** Fields that could carry secrets or personal content; whatever is logged under these names is left out. */
const redacted = [
  'password',
  'secret',
  'authorization',
  'cookie',
  'token',
  'key',
  'address',
  'email',
  'subject',
  'text',
  'html',
].flatMap((name) => [name, `*.${name}`]);

/** A structured log: one JSON line per entry on standard error, so that standard output stays free for results. */
export function makeLog(level: string): Log {
  return pino(
    { level, redact: { paths: redacted, remove: true } },
    pino.destination({ dest: 2, sync: false }),
  );
}

/** A log that says nothing, for tests and short commands. */
export const silentLog: Log = pino({ level: 'silent' });
