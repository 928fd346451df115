import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Answer, deriveReturnKey, makeOutbox } from '#domain/outbox';
import type { ReturnsTables } from '#domain/returns';
import { type LimitTables, makeTransports, type SandboxTables } from '#domain/transports';
import { type Loop, startWorker } from '#entrypoints/worker';
import type { Database } from '#stores/database';
import { type Journal, openJournal } from '#stores/files';
import type { Program, testApi } from './api.ts';
import { testKeys } from './keys.ts';
import { silentDns } from './quiet-mail.ts';

type Api = Awaited<ReturnType<typeof testApi>>;

/** A worker beside the API of a test, and how a program waits for it; `close` stops it. */
export async function startApiWorker(api: Api) {
  const folder = await mkdtemp(join(tmpdir(), 'envoi-journal-'));
  const journal = await openJournal<Answer>({ folder, name: 'answers' });
  const worker = await startWith(api, journal);
  return {
    /** Asks until the answer is as it should be: what a program does that has no patience for the feed. */
    until: async (program: Program, call: string, isDone: (json: Standing) => boolean) => {
      for (let tries = 0; tries < 100; tries += 1) {
        const { json } = await program.ask(call);
        if (isDone(json)) return json;
        worker.wake();
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
      throw new Error(`${call} did not come true`);
    },
    close: async () => {
      await worker.stop();
      await journal.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

interface Standing {
  readonly delivery?: string;
  readonly state?: string;
}

async function startWith(api: Api, journal: Journal<Answer>): Promise<Loop> {
  const { files, clock, log, linkKey, portalUrl, senders } = api.needs;
  const returnKey = deriveReturnKey(linkKey);
  const database = api.database as unknown as Database<SandboxTables & LimitTables & ReturnsTables> &
    typeof api.database;
  const outbox = makeOutbox({
    ...{ database, files, clock, log, linkKey, portalUrl, journal },
    transports: makeTransports({ ...senders, database, dns: silentDns, fetchPolicy: async () => null }),
    signers: senders.signers,
    published: () => Promise.resolve(null),
    returnPaths: { key: returnKey, platformDomain: 'localhost' },
    worker: 'test',
    leaseMs: 60_000,
  });
  const keys = await testKeys();
  const { transports, signers } = outbox;
  const registered = {
    ...{ database, files, transports, signers, linkKey, keys, portalUrl, log },
    ...{ key: senders.key, texts: null, stamps: [] },
    returnPaths: { platformDomain: 'envoi.example' },
  };
  const own = {
    ...{ worker: { id: 'test', roles: ['worker'] }, keys, stamps: [], registered },
    ...{ database, outbox, returnKey, keyDns: api.needs.keyDns },
    wordDigest: () => Promise.reject(new Error('no digests in this test')),
    exports: { database, files, version: '0', wordExport: () => ({ subject: '', text: '', html: '' }) },
  };
  const config = { publicUrl: api.needs.publicUrl };
  return startWorker({ ...api.needs, ...own, config });
}
