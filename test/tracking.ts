import { readFileSync } from 'node:fs';
import { newId } from '#base/ids';
import type { AccountTables } from '#domain/accounts';
import { type EvidenceTables, readEvents } from '#domain/evidence';
import {
  type Engagement,
  engagementsOf,
  type Hit,
  type HitRecord,
  hitsOf,
  markHandedOver,
  type NewLink,
  openLinks,
  readRuleset,
  type Signal,
  type TrackingTables,
  writeHits,
} from '#domain/tracking';
import { type Database, inCompany } from '#stores/database';
import { testDatabase } from './database.ts';

export const companyId = 'com_01JD0000000000000000000001';
export const handedOver = new Date('2026-11-22T08:00:00Z');
export const now = new Date('2026-11-22T12:00:00Z');
const shippedFile = new URL('../src/domain/tracking/rules.json', import.meta.url);
const chrome =
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36';

/** A database with what tests of hits ask it. */
export async function testTracking() {
  const database: Database<TrackingTables & EvidenceTables & AccountTables> = await testDatabase();
  const range = (id: string) => ({ kind: 'message', id, limit: 1000 }) as const;
  const events = (id: string) => inCompany(database, companyId, (tx) => readEvents(tx, range(id)));
  return {
    database,
    newMessage: (over: Partial<NewLink> = {}) => newMessage(database, over),
    write: (records: readonly HitRecord[]) => writeHits(database, records, now),
    engagement: async (id: string): Promise<Engagement> =>
      (await inCompany(database, companyId, (tx) => engagementsOf(tx, [id])))[0]!,
    hits: (id: string) => inCompany(database, companyId, (tx) => hitsOf(tx, companyId, id)),
    events,
    types: async (id: string) => (await events(id)).map((event) => `${event.type} ${event.actor}`),
  };
}

/** A hit `minutes` after the hand-over, as the portal would take it. */
export function hitOn(
  messageId: string,
  signal: Signal,
  minutes: number,
  over: Partial<Hit> = {},
): HitRecord {
  const at = new Date(handedOver.getTime() + minutes * 60_000);
  const id = newId('hit', at);
  const plain = { id, messageId, generation: 1, signal, method: 'GET', userAgent: chrome, ip: '81.82.83.84' };
  const rest = {
    isLocal: false,
    session: null,
    staffOf: [],
    documentId: null,
    pages: [],
    pageSeconds: {},
    failure: null,
    served: null,
  };
  return { ...plain, ...rest, ...over, at: (over.at ?? at).toISOString() };
}

/** A message of two documents, handed over at eight. */
async function newMessage(database: Database<TrackingTables>, over: Partial<NewLink>): Promise<string> {
  const messageId = newId('message', now);
  const link: NewLink = {
    messageId,
    companyId,
    dispatchId: newId('dispatch', now),
    documentIds: ['doc_a', 'doc_b'],
    language: 'fr',
    mode: 'full',
    counted: true,
    expiresAt: new Date('2027-11-22T00:00:00Z'),
    ...over,
  };
  await inCompany(database, link.companyId, async (tx) => {
    await openLinks(tx, [link]);
    await markHandedOver(tx, [messageId], handedOver);
  });
  return messageId;
}

/** The shipped rules with one more scanner: 198.51.100.0/24. */
export function rulesWithNewcomer(version: string) {
  const rules = JSON.parse(readFileSync(shippedFile, 'utf8'));
  rules.version = version;
  rules.networks.newcomer = { source: 'test', checked: '2026-11-27', ranges: ['198.51.100.0/24'] };
  const rule = { reason: 'newcomer_network', actor: 'scanner', certainty: 'certain', networks: ['newcomer'] };
  rules.rules.unshift({ ...rule, source: 'test' });
  return readRuleset(JSON.stringify(rules));
}
