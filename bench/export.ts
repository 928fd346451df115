import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { testWeb, visitor } from '../test/staff.ts';
import { fillLists } from './fill-lists.ts';
import { benchInstallation } from './installation.ts';
import { figure, option, rounded } from './measure.ts';

const mostGrowth = 50; // megabytes above what the process held before; a million rows are more than twice that as text alone
const every = 5_000_000; // bytes read between two looks at memory

/**
 * The export of E-mail management as a person asks for it, of `--rows` rows (1 M), as CSV and XLSX. Fails when a row is missing, or when
 * memory grows with the rows. Baseline: the list's first page in the same process.
 */
export async function benchExport(args: readonly string[]): Promise<void> {
  const rows = option(args, 'rows', 1_000_000);
  const bench = await benchInstallation();
  const web = await testWeb(bench.installation);
  try {
    await fillLists(bench.installation, bench.companyId, 0, rows);
    const browser = visitor(web.app, bench.installation.config.publicUrl);
    await browser.signIn({ email: 'bench@bench.example', password: 'a long password' });
    for (const format of ['csv', 'xlsx']) {
      const before = megabytes();
      const start = performance.now();
      const path = `/emails/export?from=2025-01-01&to=2027-12-31&format=${format}`;
      const read = await readThrough(await browser.get(path));
      const seconds = (performance.now() - start) / 1000;
      const grew = read.mostMegabytes - before;
      figure('export', {
        format,
        rows,
        seconds: rounded(seconds),
        megabytes: rounded(read.bytes / 1e6),
        grew,
      });
      if (format === 'csv' && read.lines !== rows + 1)
        throw new Error(`${read.lines} lines for ${rows} rows`);
      if (grew > mostGrowth) throw new Error(`Memory grew by ${grew} MB.`);
    }
  } finally {
    await web.close();
    await bench.close();
  }
}

async function readThrough(answer: Response) {
  if (!answer.ok || !answer.body) throw new Error(`The export answered ${answer.status}.`);
  const read = { bytes: 0, lines: 0, mostMegabytes: 0 };
  let look = 0;
  for await (const piece of answer.body) {
    read.bytes += piece.length;
    for (const byte of piece) if (byte === 10) read.lines += 1;
    if (read.bytes < look) continue;
    look += every;
    read.mostMegabytes = Math.max(read.mostMegabytes, megabytes());
  }
  return read;
}

/** What is held, after the garbage is gone: the collector waits as long as there is room, and what it has not taken yet is no growth. */
function megabytes(): number {
  setFlagsFromString('--expose-gc');
  runInNewContext('gc')();
  const { heapUsed, external } = process.memoryUsage();
  return Math.round((heapUsed + external) / 1e6);
}
