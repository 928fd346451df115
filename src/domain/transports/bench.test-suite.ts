import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, before } from 'node:test';
import type { EvidenceTables } from '#domain/evidence';
import {
  createSandboxSender,
  createSender,
  noHouse,
  type SenderTables,
  type SmtpSender,
  selfHosted,
} from '#domain/senders';
import { type Database, inCompany } from '#stores/database';
import { testDatabase } from '../../../test/database.ts';
import { silentDns } from '../../../test/quiet-mail.ts';
import type { PoliteServer } from '../../../test/servers/index.ts';
import type { LimitTables, SandboxTables, TransportDeps } from './index.ts';

/** Senders and servers for the tests of this folder; made before and closed after the file's tests. */
export type Tables = SenderTables & SandboxTables & LimitTables & EvidenceTables;
export const company = 'com_TEST';
export const password = 'S3cret-passw0rd';
export const quietly = { beforeDot: () => Promise.resolve() };
export let database: Database<Tables>;
export let deps: TransportDeps;
before(async () => {
  database = await testDatabase<Tables>();
  deps = {
    database,
    key: randomBytes(32),
    hostPolicy: selfHosted,
    house: noHouse,
    providers: {},
    helloName: 'test.example',
    now: () => new Date(),
    dns: silentDns,
    fetchPolicy: () => Promise.resolve(null),
  };
});
after(() => database.close());

export const sandboxSender = (companyId = company) =>
  inCompany(database, companyId, (tx) =>
    createSandboxSender(tx, { companyId, name: 'A', address: 'a@b.example' }, new Date()),
  );

export async function smtpSender(port: number, typed = password, companyId = company): Promise<SmtpSender> {
  const settings = { host: '127.0.0.1', port, security: 'none', user: 'claire', maxConnections: 2 } as const;
  const made = await inCompany(database, companyId, (tx) =>
    createSender(
      tx,
      deps,
      { companyId, method: 'smtp', address: 'claire@vautrin.example', settings, password: typed },
      'user',
      new Date(),
    ),
  );
  assert.ok(made.ok && made.sender.method === 'smtp', JSON.stringify(made));
  return made.sender;
}

export const received = (server: PoliteServer, recipient: string): Buffer[] =>
  server.mails.filter((mail) => mail.to.includes(recipient)).map((mail) => mail.bytes);
