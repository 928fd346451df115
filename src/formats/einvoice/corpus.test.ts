import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { env } from 'node:process';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { describeRead, readDocument } from './index.ts';

// biome-ignore lint/style/noProcessEnv: where the corpora lie is told to tests, not to the program.
const corpora = env['ENVOI_CORPORA'] ?? fileURLToPath(new URL('../../../../shared/corpora', import.meta.url));
const folder = join(corpora, 'einvoices');
const table = join(folder, 'expected.tsv');

test('every field of at least 98 % of the real invoices is right', async (t) => {
  if (!existsSync(table)) {
    t.skip(`NO CORPUS at ${folder}: set ENVOI_CORPORA`);
    return;
  }
  const wrong: string[] = [];
  const rows = readRows(readFileSync(table, 'utf8'));
  for (const row of rows) {
    const found = await readFields(readFileSync(join(folder, 'files', row['file']!)));
    const expected = { ...row };
    for (const field of Object.keys(found)) {
      if (found[field] !== squeeze(expected[field] ?? '')) {
        wrong.push(`${row['file']}: ${field} is "${found[field]}", not "${expected[field]}"`);
      }
    }
  }
  const files = new Set(wrong.map((line) => line.slice(0, line.indexOf(':'))));
  t.diagnostic(`${rows.length - files.size} of ${rows.length} files right`);
  for (const line of wrong) t.diagnostic(line);
  assert.ok(files.size <= rows.length * 0.02, wrong.join('\n'));
});

function readRows(text: string): Record<string, string>[] {
  const [head = '', ...lines] = text.split(/\r?\n/).filter(Boolean);
  const names = head.split('\t');
  return lines.map((line) => Object.fromEntries(line.split('\t').map((cell, at) => [names[at]!, cell])));
}

async function readFields(bytes: Buffer): Promise<Record<string, string>> {
  const result = await readDocument(bytes);
  if (!result.ok) return { format: 'unparseable' };
  const read = describeRead(result.document);
  return {
    format: read.format,
    kind: read.kind ?? '',
    number: read.number ?? '',
    issued: read.issueDate ?? '',
    due: read.dueDate ?? '',
    currency: read.currency ?? '',
    total: read.total ?? '',
    payable: read.amountDue ?? '',
    seller: squeeze(read.sellerName ?? ''),
    buyer: squeeze(read.buyerName ?? ''),
    buyer_email: read.buyerEmails[0] ?? '',
  };
}

function squeeze(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
