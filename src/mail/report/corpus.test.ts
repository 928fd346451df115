import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { env } from 'node:process';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { type Report, readReport } from './index.ts';

// biome-ignore lint/style/noProcessEnv: where the corpora lie is told to tests, not to the program.
const corpora = env['ENVOI_CORPORA'] ?? fileURLToPath(new URL('../../../../shared/corpora', import.meta.url));
const folder = join(corpora, 'bounces');
const table = join(folder, 'expected.tsv');

const suppressing: ReadonlySet<string> = new Set(['mailbox_unknown', 'mailbox_disabled', 'domain_unknown']);

type Row = {
  readonly file: string;
  readonly kind: string;
  readonly count: number;
  readonly classes: readonly string[];
};
type Score = { right: number; of: number };

test('real reports are read: kind, recipients, whether the address is to blame, class', async (t) => {
  if (!existsSync(table)) {
    t.skip(`NO CORPUS at ${folder}: set ENVOI_CORPORA`);
    return;
  }
  const scores = {
    kind: score(),
    kindToTheLetter: score(),
    recipients: score(),
    addressAtFault: score(),
    class: score(),
  };
  const confusion = new Map<string, number>();
  for (const row of readRows(readFileSync(table, 'utf8'))) {
    const report = await readReport(readFileSync(join(folder, 'mail', row.file)));
    // The corpus has no word for a delayed delivery: its "bounce" is both, this reader's is not.
    count(scores.kind, report.kind === row.kind || (row.kind === 'bounce' && isDelay(report)));
    count(scores.kindToTheLetter, report.kind === row.kind);
    if (row.kind === 'none')
      assert.ok(report.kind !== 'bounce' && report.kind !== 'delay', `${row.file} is no bounce`);
    if (row.kind !== 'complaint') count(scores.recipients, report.recipients.length === row.count);
    if (row.kind !== 'bounce') continue;
    pairs(row.classes, report).forEach(([wanted, found]) => {
      count(scores.class, wanted === found);
      count(scores.addressAtFault, suppressing.has(wanted) === suppressing.has(found));
      if (wanted !== found)
        confusion.set(`${wanted} read as ${found}`, (confusion.get(`${wanted} read as ${found}`) ?? 0) + 1);
    });
  }
  for (const [name, one] of Object.entries(scores))
    t.diagnostic(`${name}: ${one.right} of ${one.of} (${percent(one)} %)`);
  for (const [what, times] of [...confusion].sort((a, b) => b[1] - a[1])) t.diagnostic(`${times} × ${what}`);
  assert.ok(percent(scores.kind) >= 98);
  assert.ok(percent(scores.recipients) >= 97);
  assert.ok(percent(scores.addressAtFault) >= 95);
  assert.ok(percent(scores.class) >= 90);
});

const score = (): Score => ({ right: 0, of: 0 });

function count(one: Score, isRight: boolean): void {
  one.of += 1;
  if (isRight) one.right += 1;
}

const percent = ({ right, of }: Score): number => Math.floor((right / of) * 1000) / 10;

const isDelay = (report: Report): boolean =>
  report.kind === 'delay' && report.recipients.every(({ action }) => action === 'delayed');

/** The corpus lists recipients in the order of the report; missing ones count as wrong. */
function pairs(classes: readonly string[], report: Report): readonly (readonly [string, string])[] {
  const found = report.recipients.map((one) => one.class ?? '');
  return classes.map((wanted, at) => [wanted, found[at] ?? '']);
}

function readRows(text: string): readonly Row[] {
  const [, ...lines] = text.split(/\r?\n/).filter(Boolean);
  return lines.map((line) => {
    const [file = '', kind = '', recipients = '0', , , classes = ''] = line.split('\t');
    return { file, kind, count: Number(recipients), classes: classes.split('|') };
  });
}
