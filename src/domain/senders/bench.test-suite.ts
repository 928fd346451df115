import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, before } from 'node:test';
import { type EvidenceTables, readEvents, sequence } from '#domain/evidence';
import { asWorker, type Database, inCompany, type Tx } from '#stores/database';
import { testDatabase } from '../../../test/database.ts';
import {
  createSender,
  type NewSender,
  noHouse,
  type SenderTables,
  type SmtpDeps,
  type SmtpSender,
  selfHosted,
} from './index.ts';

/** A database with senders in it, for the tests of this folder; made before and closed after the file's tests. */
export type Tables = SenderTables & EvidenceTables;
export let database: Database<Tables>;
before(async () => {
  database = await testDatabase<Tables>();
});
after(() => database.close());

export const password = 'S3cret-passw0rd';
export const at = new Date('2026-11-12T09:14:00.123Z');
export const deps: SmtpDeps = {
  key: randomBytes(32),
  hostPolicy: selfHosted,
  house: noHouse,
  providers: {},
  helloName: 'test.example',
};
let companies = 0;
export const newCompany = (): string => `com_TEST${++companies}`;
export const within = <Result>(
  companyId: string,
  work: (tx: Tx<Tables>) => Promise<Result>,
): Promise<Result> => inCompany(database, companyId, work);

export const input = (companyId: string, more: Partial<NewSender> = {}): NewSender => ({
  companyId,
  method: 'smtp',
  name: 'Vautrin Joinery',
  address: 'invoices@Vautrin.example',
  settings: { host: 'Mail.Vautrin.example', security: 'starttls', user: 'claire' },
  password,
  ...more,
});

export async function makeSender(companyId: string, more: Partial<NewSender> = {}): Promise<SmtpSender> {
  const made = await within(companyId, (tx) => createSender(tx, deps, input(companyId, more), 'user', at));
  assert.ok(made.ok && made.sender.method === 'smtp', JSON.stringify(made));
  return made.sender;
}

export async function eventsOf(companyId: string) {
  await sequence(database);
  const events = await asWorker(database, (tx) =>
    readEvents(tx, { kind: 'after', logIndex: 0, companyId, limit: 100 }),
  );
  return events.map((event) => ({ type: event.type, data: event.data }));
}
