import { randomBytes } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serve } from '@hono/node-server';
import { newId } from '#base/ids';
import { silentLog } from '#base/log';
import { day, hour } from '#base/time';
import { type AccessTables, type AccountTables, changeCompany, foundCompany } from '#domain/accounts';
import { type DocumentStores, drawPages, receiveDocument } from '#domain/documents';
import type { EvidenceTables } from '#domain/evidence';
import {
  deriveLinkKey,
  deriveStaffKey,
  engagementsOf,
  type HitRecord,
  hitsOf,
  linkTokens,
  markHandedOver,
  type NewLink,
  openLinks,
  silenceLinks,
  type TrackingTables,
  writeHits,
} from '#domain/tracking';
import { makePortal, type PortalDeps, type PortalTables } from '#entrypoints/portal';
import { asWorker, type Database, inCompany } from '#stores/database';
import { openJournal } from '#stores/files';
import { testDocumentStores } from './document-stores.ts';
import { facturxPdf, plainPdf } from './fixtures/documents.ts';
import { testKeys } from './keys.ts';

export const portalCompanyName = 'Vautrin Joinery';

/**
 * A portal with a company, an invoice with its XML and a plain quote, on real stores. The clock stands unless it is moved;
 * `asked` and `stopped` hold the messages for which the portal called back.
 */
export async function testPortal(over: Partial<PortalDeps> = {}) {
  const stores = await testDocumentStores();
  const database = stores.database as unknown as TestDatabase;
  const folder = join(tmpdir(), `envoi-portal-${randomBytes(6).toString('hex')}`);
  const journal = await openJournal<HitRecord>({ folder, name: 'hits' });
  const clock = { now: new Date('2026-11-22T12:00:00Z') };
  const calls = {
    asked: [] as string[],
    stopped: [] as string[],
    erasures: [] as string[],
    exports: [] as string[],
  };
  const plain = { ...plainDeps(database, clock, calls), keys: await testKeys(clock.now) };
  const registered = registeredDeps(database, stores.files, plain);
  const deps: PortalDeps = { database, files: stores.files, journal, registered, ...plain, ...over };
  const companyId = await addCompany(database, clock.now);
  const documentIds = await addDocuments(stores, companyId, clock.now);
  return {
    ...calls,
    deps,
    app: makePortal(deps),
    clock,
    companyId,
    documentIds,
    newLink: (link: Partial<NewLink> = {}) => addLink(deps, { companyId, documentIds, ...link }),
    /** What the writer in the background does. */
    writeDown: () => journal.drain(async (records) => void (await writeHits(database, records, clock.now))),
    engagement: async (id: string) => (await asWorker(database, (tx) => engagementsOf(tx, [id])))[0]!,
    hitsOf: (id: string) => asWorker(database, (tx) => hitsOf(tx, companyId, id)),
    close: async () => {
      await journal.close();
      await stores.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

type TestDatabase = Database<PortalTables & TrackingTables & EvidenceTables & AccountTables & AccessTables>;

/** Deliveries behind a code, with transports that reach nobody. */
function registeredDeps(
  database: TestDatabase,
  files: PortalDeps['files'],
  { linkKey, keys, portalUrl, log }: Pick<PortalDeps, 'linkKey' | 'keys' | 'portalUrl' | 'log'>,
): PortalDeps['registered'] {
  const transports = {
    for: () => {
      throw new Error('Nothing is mailed here.');
    },
    close: async () => undefined,
  };
  return {
    database,
    files,
    transports,
    signers: async () => [],
    key: randomBytes(32),
    linkKey,
    keys,
    texts: null,
    stamps: [],
    portalUrl,
    returnPaths: { platformDomain: 'envoi.example' },
    log,
  };
}

function plainDeps(
  database: TestDatabase,
  clock: { readonly now: Date },
  calls: {
    readonly asked: string[];
    readonly stopped: string[];
    readonly erasures: string[];
    readonly exports: string[];
  },
): Omit<PortalDeps, 'database' | 'files' | 'journal' | 'keys' | 'registered'> {
  return {
    linkKey: deriveLinkKey(randomBytes(32)),
    staffKey: deriveStaffKey(randomBytes(32)),
    portalUrl: 'http://portal.example',
    clientIp: (c) => c.req.header('x-test-ip') ?? '81.82.83.84',
    clock: () => clock.now,
    log: silentLog,
    submit: { platformDomain: 'localhost', portalUrl: 'http://portal.example' },
    sendNewLink: async (id) => calls.asked.push(id),
    askErasure: async (id) => calls.erasures.push(id),
    askExport: async (id) => calls.exports.push(id),
    stopTracking: async (id) => {
      calls.stopped.push(id);
      await asWorker(database, (tx) => silenceLinks(tx, [id]));
    },
  };
}

/** Serves an app on a free port of this machine. */
export function listenOnFreePort(app: ReturnType<typeof makePortal>) {
  return new Promise<{ readonly url: string; readonly close: () => Promise<void> }>((resolve) => {
    const server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, ({ port }) =>
      resolve({
        url: `http://127.0.0.1:${port}`,
        close: () => new Promise((done) => server.close(() => done())),
      }),
    );
  });
}

async function addCompany(
  database: Database<AccountTables & AccessTables & EvidenceTables>,
  now: Date,
): Promise<string> {
  const company = { name: portalCompanyName, address: 'Rue des Tanneurs 41\n1000 Brussels', country: 'BE' };
  const rules = { language: 'en', trackingMode: 'full', trackingBasis: 'other' } as const;
  const email = `${randomBytes(4).toString('hex')}@vautrin.example`;
  const owner = { email, password: 'a long enough password', firstName: 'Claire', lastName: 'Vautrin' };
  const founded = await foundCompany(database, { company: { ...company, ...rules }, owner }, now);
  if (!founded.ok) throw new Error(JSON.stringify(founded.problems));
  const { companyId } = founded;
  await inCompany(database, companyId, (tx) => changeCompany(tx, companyId, { brandColor: '#1f4a3a' }, now));
  return companyId;
}

/** An invoice with its XML and a quote of three pages. */
async function addDocuments(stores: DocumentStores, companyId: string, now: Date): Promise<string[]> {
  const made = { sellerName: portalCompanyName, buyerName: 'Studio Lindqvist', number: '2026/0318' };
  const quote = { kind: 'quote', number: 'Q-2026-045', total: '4120.00', currency: 'EUR' } as const;
  const uploads = [
    { fileName: 'invoice.pdf', bytes: await facturxPdf(made) },
    { fileName: 'quote.pdf', bytes: await plainPdf({ ...made, extraPages: 2 }), facts: quote },
  ];
  const ids: string[] = [];
  for (const upload of uploads) {
    const by = { actor: 'user', id: null } as const;
    const received = await receiveDocument(stores, { ...upload, companyId, by }, now);
    if (!received.ok) throw new Error(JSON.stringify(received));
    ids.push(received.document.id);
    await drawPages(stores, received.document.id, now);
  }
  return ids;
}

/** A message that was handed over an hour ago, and the paths of its link. */
async function addLink(
  deps: PortalDeps,
  link: Partial<NewLink> & Pick<NewLink, 'companyId' | 'documentIds'>,
) {
  const now = deps.clock();
  const messageId = newId('message', now);
  const whole: NewLink = {
    messageId,
    dispatchId: newId('dispatch', now),
    language: 'en',
    mode: 'full',
    counted: true,
    expiresAt: new Date(now.getTime() + 30 * day),
    ...link,
  };
  await inCompany(deps.database, whole.companyId, async (tx) => {
    await openLinks(tx, [whole]);
    await markHandedOver(tx, [messageId], new Date(now.getTime() - hour));
  });
  const { page, pixel, withdraw } = linkTokens(deps.linkKey, messageId, 1);
  return { messageId, page: `/d/${page}`, pixel: `/o/${pixel}.gif`, withdraw: `/w/${withdraw}` };
}
