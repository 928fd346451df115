import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Hono } from 'hono';
import { silentLog } from '#base/log';
import { createApiKey, foundCompany, type Rights } from '#domain/accounts';
import { type DocumentLimits, defaultDocumentLimits } from '#domain/documents';
import { deriveReturnKey } from '#domain/outbox';
import type { ProofDeps } from '#domain/proofs';
import { createSandboxSender, selfHosted } from '#domain/senders';
import { deriveLinkKey } from '#domain/tracking';
import { type ApiNeeds, type ApiTables, makeApi } from '#entrypoints/api';
import { wordEventIn } from '#entrypoints/web';
import { type Database, inCompany } from '#stores/database';
import { type FileStore, makeDiskFiles } from '#stores/files';
import { testDatabase } from './database.ts';
import { testKeys } from './keys.ts';
import { quietMail } from './quiet-mail.ts';

export interface TestAnswer {
  readonly status: number;
  readonly headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: what the API answers is what the tests look at.
  readonly json: any;
  readonly text: string;
}

export interface Program {
  readonly key: string;
  readonly companyId: string;
  /** Asks the API; a plain object goes as JSON, a form as multipart. */
  ask(call: string, body?: unknown, headers?: Readonly<Record<string, string>>): Promise<TestAnswer>;
}

const addresses = { publicUrl: 'http://localhost:3000', portalUrl: 'http://portal.example' };

/** The API on a real database and a folder, with as many companies as a test wants; the clock stands unless it is moved. */
export async function testApi(
  limits: DocumentLimits = defaultDocumentLimits,
  alter: (needs: ApiNeeds) => Partial<ApiNeeds> = () => ({}),
) {
  const database = await testDatabase<ApiTables>();
  const folder = await mkdtemp(join(tmpdir(), 'envoi-api-'));
  const stopping = new AbortController();
  const clock = { now: new Date('2026-11-22T12:00:00Z') };
  const secretKey = randomBytes(32);
  const files = makeDiskFiles(folder);
  const usual: ApiNeeds = {
    database,
    files,
    limits,
    senders: {
      database,
      now: () => clock.now,
      ...quietMail(),
      key: secretKey,
      helloName: '[127.0.0.1]',
    },
    proofs: await proofDeps(database, files, clock.now),
    webhooks: { database, clock: () => clock.now, key: secretKey, net: { hostPolicy: selfHosted } },
    submit: { platformDomain: 'localhost', portalUrl: 'http://portal.example' },
    linkKey: deriveLinkKey(secretKey),
    returnKey: deriveReturnKey(secretKey),
    keyDns: { ask: async () => ({ kind: 'failed' as const, problem: 'unreachable' as const, server: null }) },
    ...addresses,
    clock: () => clock.now,
    log: silentLog,
    stopping: stopping.signal,
  };
  const needs = { ...usual, ...alter(usual) };
  const app = new Hono().route('/api/v1', makeApi(needs));
  return {
    app,
    needs,
    clock,
    database,
    /** A program with a key of a new company, or of a given one. */
    program: (rights: Rights = 'all', companyId?: string) => addProgram(needs, app, rights, companyId),
    close: async () => {
      stopping.abort();
      await database.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Evidence files are sealed with keys of the test, and no outside service stamps them. */
async function proofDeps(database: Database<ApiTables>, files: FileStore, now: Date): Promise<ProofDeps> {
  const own = { keys: await testKeys(now), stamps: [], portalUrl: 'http://portal.example' };
  return { database, files, ...own, wordEvent: wordEventIn };
}

async function addProgram(
  needs: ApiNeeds,
  app: Hono,
  rights: Rights,
  given: string | undefined,
): Promise<Program> {
  const { database } = needs;
  const now = needs.clock();
  const companyId = given ?? (await addCompany(database, now));
  const { key } = await inCompany(database, companyId, (tx) =>
    createApiKey(tx, { companyId, name: 'ERP', rights }, now),
  );
  return { key, companyId, ask: (call, body, headers) => ask(app, key, call, body, headers) };
}

async function addCompany(database: Database<ApiTables>, now: Date): Promise<string> {
  const company = { name: 'Atelier Lumière', country: 'BE', language: 'en' } as const;
  const rules = { trackingMode: 'full', trackingBasis: 'other' } as const;
  const email = `${randomBytes(4).toString('hex')}@atelier.example`;
  const owner = { email, password: 'a long enough password', firstName: 'Claire', lastName: 'Vautrin' };
  const founded = await foundCompany(database, { company: { ...company, ...rules }, owner }, now);
  if (!founded.ok) throw new Error(JSON.stringify(founded.problems));
  const { companyId } = founded;
  await inCompany(database, companyId, (tx) =>
    createSandboxSender(tx, { companyId, name: company.name, address: 'no-reply@localhost' }, now),
  );
  return companyId;
}

async function ask(
  app: Hono,
  key: string,
  call: string,
  body?: unknown,
  more: Readonly<Record<string, string>> = {},
): Promise<TestAnswer> {
  const [method = 'GET', path = ''] = call.split(' ');
  const { sent, type } = await writeBody(body);
  const headers = { authorization: `Bearer ${key}`, ...(type ? { 'content-type': type } : {}), ...more };
  const response = await app.request(`/api/v1${path}`, { method, headers, body: sent });
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.includes('json') ?? false;
  return { status: response.status, headers: response.headers, text, json: isJson ? JSON.parse(text) : null };
}

/** A form goes as bytes: Node 24 throws out of band when the stream that it makes of a form is not read to its end. */
async function writeBody(body: unknown): Promise<{ sent?: string | ArrayBuffer; type?: string | null }> {
  if (body === undefined) return {};
  if (typeof body === 'string') return { sent: body };
  if (!(body instanceof FormData)) return { sent: JSON.stringify(body), type: 'application/json' };
  const form = new Response(body);
  return { sent: await form.arrayBuffer(), type: form.headers.get('content-type') };
}

/** A form with a file and JSON fields. */
export function formOf(
  bytes: Uint8Array,
  fields: Readonly<Record<string, unknown>> = {},
  name = 'invoice.pdf',
): FormData {
  const form = new FormData();
  form.set('file', new Blob([new Uint8Array(bytes)]), name);
  for (const [field, value] of Object.entries(fields))
    form.set(field, typeof value === 'string' ? value : JSON.stringify(value));
  return form;
}
