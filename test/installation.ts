import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { silentLog } from '#base/log';
import { loadConfig } from '#config';
import { listCompanyIds, ownerOf } from '#domain/accounts';
import { receiveDocumentWithCustomer } from '#domain/customers';
import { type Author, type DispatchRequest, submitDispatch } from '#domain/dispatch';
import type { Document } from '#domain/documents';
import { getMessages, type Message } from '#domain/outbox';
import { checkSender, createSender, setDefaultSender } from '#domain/senders';
import { asWorker, inCompany } from '#stores/database';
import { found } from '../src/roof/found.ts';
import { type Installation, openInstallation } from '../src/roof/installation.ts';
import { testDatabase } from './database.ts';
import { facturxPdf } from './fixtures/documents.ts';

/** A whole installation on a fresh database, with a company, its owner and a sandbox. */
export interface TestInstallation extends Installation {
  readonly companyId: string;
  readonly author: Author;
  /** Puts a new Factur-X invoice in. */
  addInvoice(facts?: Parameters<typeof facturxPdf>[0]): Promise<Document>;
  /** Sends documents; refuses, by throwing, what the product refuses. */
  send(document: Document, more?: Partial<DispatchRequest>): Promise<readonly Message[]>;
  /** Connects an SMTP server on this machine as the company's sender and returns the sender's id. */
  connect(port: number, login?: Login): Promise<string>;
  messages(dispatchId: string): Promise<readonly Message[]>;
}

export interface InstallationOptions {
  readonly clock?: () => Date;
  readonly leaseMs?: number;
  readonly env?: Readonly<Record<string, string>>;
  /** Runs the built-in database in the folder of the installation, with all of its safety, instead of the shared one. */
  readonly ownServer?: boolean;
  /** A folder that stays, and may hold an installation already; otherwise one is made and removed. */
  readonly dataFolder?: string;
}

export const owner = {
  email: 'claire@vautrin.example',
  password: 'oak library wall',
  firstName: 'Claire',
  lastName: 'Vautrin',
};

/** Opens an installation in a folder of its own; `close` removes everything. */
export async function testInstallation(options: InstallationOptions = {}): Promise<TestInstallation> {
  const database = options.ownServer ? null : await testDatabase();
  const folder = options.dataFolder ?? (await mkdtemp(join(tmpdir(), 'envoi-test-')));
  await chmod(folder, 0o711); // so that the built-in database's own user can pass
  const loaded = loadConfig({
    ...(database ? { DATABASE_URL: database.url } : {}),
    ENVOI_DATA_DIR: folder,
    PORT: '0',
    ...options.env,
  });
  if (!loaded.ok) throw new Error(loaded.problems.join(' '));
  const clock = options.clock ?? (() => new Date());
  const installation = await openInstallation(loaded.config, {
    clock,
    log: silentLog,
    say: () => undefined,
    leaseMs: options.leaseMs,
  });
  const founded = (await foundBefore(installation)) ?? (await foundNow(installation));
  const author: Author = {
    actor: 'user',
    id: founded.userId,
    name: 'Claire Vautrin',
    user: { id: founded.userId, email: owner.email, firstName: owner.firstName, lastName: owner.lastName },
  };
  return {
    ...installation,
    companyId: founded.companyId,
    author,
    ...deeds(installation, founded.companyId, author),
    close: async () => {
      await installation.close();
      await database?.close();
      if (!options.dataFolder) await rm(folder, { recursive: true, force: true });
    },
  };
}

async function foundNow(installation: Installation) {
  const founded = await found(installation, {
    company: {
      name: 'Vautrin Joinery',
      country: 'BE',
      language: 'en',
      trackingMode: 'full',
      trackingBasis: 'other',
    },
    owner,
  });
  if (!founded.ok) throw new Error(JSON.stringify(founded.problems));
  return founded;
}

/** The company that the folder holds already, or null. */
async function foundBefore({ database }: Installation) {
  return asWorker(database, async (tx) => {
    const [companyId] = await listCompanyIds(tx);
    const user = companyId ? await ownerOf(tx, companyId) : null;
    return companyId && user ? { companyId, userId: user.id } : null;
  });
}

function deeds(installation: Installation, companyId: string, author: Author) {
  const { database, files, limits, senders, submit, clock } = installation;
  const by = { actor: 'user', id: author.id } as const;
  let count = 0;
  return {
    addInvoice: async (facts: Parameters<typeof facturxPdf>[0] = {}) => {
      count += 1;
      const bytes = await facturxPdf({ number: `2026-${String(count).padStart(4, '0')}`, ...facts });
      const upload = { companyId, by, fileName: 'invoice.pdf', bytes };
      const received = await receiveDocumentWithCustomer({ database, files, limits }, upload, clock());
      if (!received.ok) throw new Error(JSON.stringify(received));
      return received.document;
    },
    send: (document: Document, more: Partial<DispatchRequest> = {}) =>
      inCompany(database, companyId, async (tx) => {
        const own = {
          companyId,
          author,
          origin: 'manual' as const,
          documentIds: [document.id],
          undoSeconds: 0,
        };
        const submitted = await submitDispatch(tx, submit, { ...own, ...more }, clock());
        if (!submitted.ok) throw new Error(JSON.stringify(submitted));
        return submitted.messages;
      }),
    connect: async (port: number, login?: Login) => {
      const sender = smtpSender(companyId, port, login);
      const made = await inCompany(database, companyId, (tx) =>
        createSender(tx, senders, sender, 'user', clock()),
      );
      if (!made.ok) throw new Error(made.reason);
      const which = { companyId, senderId: made.sender.id };
      await checkSender(senders, { ...which, actor: 'user' });
      await inCompany(database, companyId, (tx) => setDefaultSender(tx, which, 'user', clock()));
      return made.sender.id;
    },
    messages: (dispatchId: string) =>
      asWorker(database, (tx) => getMessages(tx, companyId, { dispatchIds: [dispatchId] })),
  };
}

interface Login {
  readonly user: string;
  readonly password: string;
  /** By STARTTLS, with a certificate of nobody's. */
  readonly tls?: boolean;
}

function smtpSender(companyId: string, port: number, login?: Login) {
  const security = login?.tls ? ('starttls' as const) : ('none' as const);
  const settings = { host: '127.0.0.1', port, security, user: login?.user ?? null };
  return {
    companyId,
    method: 'smtp' as const,
    address: 'invoices@vautrin.example',
    settings: { ...settings, verifyCertificate: !login?.tls },
    password: login?.password,
  };
}

/** Waits until `look` returns something, looking every 20 ms; throws after `ms`. */
export async function until<T>(
  what: string,
  look: () => Promise<T | null | undefined | false>,
  ms = 15_000,
): Promise<T> {
  for (const end = Date.now() + ms; Date.now() < end; ) {
    const seen = await look();
    if (seen) return seen;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error(`Waited in vain for: ${what}`);
}
