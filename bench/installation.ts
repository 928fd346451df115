import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { silentLog } from '#base/log';
import { loadConfig } from '#config';
import { type PreparedDocument, prepareDocument, saveDocument } from '#domain/documents';
import { record } from '#domain/evidence';
import { inCompany } from '#stores/database';
import { found } from '../src/roof/found.ts';
import { type Installation, openInstallation } from '../src/roof/installation.ts';
import { facturxPdf } from '../test/fixtures/documents.ts';

/** An installation as a user has it: the built-in database with all of its safety, in a folder of its own. */
export async function benchInstallation(): Promise<{
  installation: Installation;
  companyId: string;
  ownerId: string;
  close(): Promise<void>;
}> {
  const folder = await mkdtemp(join(tmpdir(), 'envoi-bench-'));
  const loaded = loadConfig({ ENVOI_DATA_DIR: folder, PORT: '0' });
  if (!loaded.ok) throw new Error(loaded.problems.join(' '));
  const installation = await openInstallation(loaded.config, {
    clock: () => new Date(),
    log: silentLog,
    say: () => undefined,
  });
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
  return { installation, companyId: founded.companyId, ownerId: founded.userId, close };
}

type FactsOfFile = PreparedDocument['read'];

/** A PDF of about 75 kB that differs from all others: what follows its end is not read by anybody. */
export async function makePdfs(count: number): Promise<Buffer[]> {
  const base = await facturxPdf({ number: 'BENCH' });
  const fill = randomBytes(Math.max(0, 75_000 - base.length) / 2).toString('hex');
  return Array.from({ length: count }, (_, n) => Buffer.concat([base, Buffer.from(`\n%${fill}${n}\n`)]));
}

/** Puts documents in as an upload would, but reads the facts of the first one only: reading is not what is measured. */
export async function addDocuments(
  { database, files, limits }: Installation,
  companyId: string,
  pdfs: readonly Buffer[],
  facts: (n: number) => Partial<FactsOfFile> = (n) => ({ number: `B-${n}` }),
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
  const ids: string[] = [];
  for (const [n, pdf] of pdfs.entries()) {
    const sha256 = await files.put(companyId, pdf);
    const own = {
      ...prepared,
      sha256,
      read: { ...prepared.read, ...facts(n) },
      files: { ...first.prepared.files, sha256, bytes: pdf.length, pdfSha256: sha256, pdfBytes: pdf.length },
    };
    await inCompany(database, companyId, async (tx) => {
      const saved = await saveDocument(tx, own, new Date());
      await record(tx, saved.facts);
      ids.push(saved.document.id);
    });
  }
  return ids;
}
