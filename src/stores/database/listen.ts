import pg from 'pg';
import { pause } from '#base/time';
import { type Database, splitUrl } from './connect.ts';

export type Listening = { readonly close: () => Promise<void> };

const firstPauseMs = 100;
const longestPauseMs = 5000;

/**
 * Calls `handler` with the payload of every notification on the channel. After each (re)connection it calls `handler` with null:
 * something may have been missed, look yourself. Reconnects until closed; returns once the first connection stands or
 * was refused.
 */
export async function listen(
  database: Database,
  channel: string,
  handler: (payload: string | null) => void,
): Promise<Listening> {
  const stop = new AbortController();
  let client: pg.Client | null = null;
  let firstTry: () => void = () => undefined;
  const tried = new Promise<void>((resolve) => {
    firstTry = resolve;
  });
  const keepListening = async (): Promise<void> => {
    let waitMs = firstPauseMs;
    while (!stop.signal.aborted) {
      client = makeClient(database.url);
      const lost = lossOf(client);
      try {
        client.on('notification', (message) => handler(message.payload ?? ''));
        await client.connect();
        await client.query(`listen ${pg.escapeIdentifier(channel)}`);
        waitMs = firstPauseMs;
        handler(null);
        firstTry();
        await lost;
      } catch {
        firstTry();
      }
      await client.end().catch(() => undefined);
      await pause(waitMs, stop.signal);
      waitMs = Math.min(waitMs * 2, longestPauseMs);
    }
  };
  const ended = keepListening();
  await tried;
  return {
    close: async () => {
      stop.abort();
      await client?.end().catch(() => undefined);
      await ended;
    },
  };
}

function makeClient(text: string): pg.Client {
  const { url, ownSettings } = splitUrl(text);
  const options = ownSettings.join(' ') || undefined;
  return new pg.Client({
    connectionString: url,
    options,
    application_name: 'envoi listens',
    keepAlive: true,
  });
}

function lossOf(client: pg.Client): Promise<void> {
  return new Promise((resolve) => {
    // A server that dies says so and then breaks the line: two errors, and one without a listener would end the process.
    client.on('error', () => resolve());
    client.once('end', () => resolve());
  });
}
