import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { silentLog } from '#base/log';
import { loadConfig } from '#config';
import { saveDocumentWithCustomer } from '#domain/customers';
import { type PreparedDocument, prepareDocument } from '#domain/documents';
import type { WorkerNeeds } from '#entrypoints/worker';
import { inCompany } from '#stores/database';
import { found } from '../src/roof/found.ts';
import { type Installation, openInstallation } from '../src/roof/installation.ts';
import { dkim } from './dkim.ts';

export interface BenchInstallation {
  readonly installation: Installation;
  readonly companyId: string;
  readonly ownerId: string;
  /** What a worker needs that signs all mails with the key of the bench. */
  readonly worker: WorkerNeeds;
  close(): Promise<void>;
}

/** An installation as a user has it: the built-in database with all of its safety, in a folder of its own. */
export async function benchInstallation(): Promise<BenchInstallation> {
  const folder = await mkdtemp(join(tmpdir(), 'envoi-bench-'));
  const installation = await openBench(folder);
  const founded = await found(installation, {
    company: { name: 'Bench', country: 'BE', language: 'en', trackingMode: 'full', trackingBasis: 'other' },
    owner: {
      email: 'bench@bench.example',
      password: 'a long password',
      firstName: 'Bench',
      lastName: 'Mark',
    },
  });
  if (!founded.ok) throw new Error('The bench could not be set up.');
  const close = async (): Promise<void> => {
    await installation.close();
    await rm(folder, { recursive: true, force: true });
  };
  const { companyId, userId: ownerId } = founded;
  return { installation, companyId, ownerId, worker: signingWorker(installation), close };
}

/** Opens the installation in a folder; other processes may have it open too. */
export async function openBench(folder: string): Promise<Installation> {
  const loaded = loadConfig({ ENVOI_DATA_DIR: folder, PORT: '0' });
  if (!loaded.ok) throw new Error(loaded.problems.join(' '));
  return openInstallation(loaded.config, {
    clock: () => new Date(),
    log: silentLog,
    say: () => undefined,
  });
}

export function signingWorker(installation: Installation): WorkerNeeds {
  const signers = (_sender: unknown, at: Date) =>
    Promise.resolve([{ ...dkim, algorithm: 'rsa-sha256' as const, at }]);
  return { ...installation, outbox: { ...installation.outbox, signers } };
}

type FactsOfFile = PreparedDocument['read'];

/** Puts documents in as an upload would, but reads the facts of the first one only: reading is not what is measured. */
export async function addDocuments(
  { database, files, limits }: Installation,
  companyId: string,
  pdfs: readonly Buffer[],
  facts: (n: number) => Partial<FactsOfFile>,
): Promise<string[]> {
  const upload = {
    companyId,
    by: { actor: 'program' as const, id: 'bench' },
    fileName: 'invoice.pdf',
    bytes: pdfs[0] ?? Buffer.alloc(0),
  };
  const first = await prepareDocument({ database, files, limits }, upload);
  if (!first.ok || !first.prepared.files) throw new Error('The invoice of the bench could not be read.');
  const { prepared } = first;
  const read = prepared.files;
  const ids: string[] = [];
  const hashes = await Promise.all(pdfs.map((pdf) => files.put(companyId, pdf)));
  await inCompany(database, companyId, async (tx) => {
    for (const [n, pdf] of pdfs.entries()) {
      const sha256 = hashes[n] ?? '';
      const own = {
        ...prepared,
        sha256,
        read: { ...prepared.read, ...facts(n) },
        files: read && { ...read, sha256, bytes: pdf.length, pdfSha256: sha256, pdfBytes: pdf.length },
      };
      const { document } = await saveDocumentWithCustomer(tx, own, new Date());
      ids.push(document.id);
    }
  });
  return ids;
}
