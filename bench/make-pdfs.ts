import { randomBytes } from 'node:crypto';
import { facturxPdf } from '../test/fixtures/documents.ts';

/** PDFs of about 75 kB that differ from each other: what follows their end is not read by anybody. */
export async function makePdfs(count: number): Promise<Buffer[]> {
  const base = await facturxPdf({ number: 'BENCH' });
  const fill = randomBytes(Math.max(0, 75_000 - base.length) / 2).toString('hex');
  return Array.from({ length: count }, (_, n) => Buffer.concat([base, Buffer.from(`\n%${fill}${n}\n`)]));
}
