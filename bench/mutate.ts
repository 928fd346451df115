import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import v8 from 'node:v8';
import vm from 'node:vm';
import { Worker } from 'node:worker_threads';
import { verifySignatures } from '#mail/dkim';
import { readMail } from '#mail/mime';
import { describeReport, readReport } from '#mail/report';
import { mutatedMail } from '../src/mail/report/mutate.test-suite.ts';
import { samples } from '../src/mail/report/samples.test-suite.ts';
import { figure, option, quantile, rounded } from './measure.ts';

const noDns = {
  ask: async () => ({ kind: 'failed', problem: 'unreachable', server: null }) as const,
};

const hangMs = 1000;
/** Where a mail holds the process for so long, it will not end. */
const stuckMs = 120_000;
const mostGrowth = 32 * 1024 * 1024;

/**
 * Reads `--count` mutated mails (100,000) of `--seed` (1) with all readers of mail and ends with 1 when one throws, takes more than a
 * second of the processor, or memory grows. `--from` begins at a later mail: with `--count 1` it reads one again. The mails come
 * from the samples, and from the folder of real ones where it is there (`ENVOI_CORPORA`).
 */
export async function benchMutate(args: readonly string[]): Promise<void> {
  const [count, seed, from] = [
    option(args, 'count', 100_000),
    option(args, 'seed', 1),
    option(args, 'from', 0),
  ];
  const mails = [...samples.map(({ mail }) => Buffer.from(mail)), ...realMails()];
  const watch = startWatch();
  const collect = garbageCollector();
  const times: number[] = [];
  const faults: string[] = [];
  const note = (fault: string): void => {
    console.error(fault);
    faults.push(fault);
  };
  let settled = 0;
  for (let index = from; index < from + count; index += 1) {
    watch.at(index);
    const bytes = mutatedMail(mails, seed, index);
    const before = process.cpuUsage();
    const fault = await read(bytes);
    const { user, system } = process.cpuUsage(before);
    const ms = (user + system) / 1000;
    times.push(ms);
    if (fault) note(`mail ${index}: ${fault}`);
    if (ms > hangMs) note(`mail ${index}: ${Math.round(ms)} ms of the processor for ${bytes.length} bytes`);
    if (index % 10_000 === 9_999) console.error(`${index + 1 - from} mails read`);
    // What is loaded and compiled once is there after a tenth.
    if (index === from + Math.floor(count / 10)) settled = collect();
  }
  await watch.end();
  const growth = collect() - settled;
  if (count >= 1000 && growth > mostGrowth) note(`memory grew by ${growth} bytes`);
  figure('mutate', {
    ...{ seed, from, count, mails: mails.length, faults: faults.length },
    ...{
      p50: rounded(quantile(times, 0.5)),
      p99: rounded(quantile(times, 0.99)),
      most: rounded(quantile(times, 1)),
    },
    growthBytes: growth,
  });
  if (faults.length > 0) process.exit(1);
}

/** Gives a mail to every reader; returns what one of them threw. */
async function read(bytes: Buffer): Promise<string | null> {
  try {
    const report = await readReport(bytes);
    JSON.stringify(describeReport(report));
    await readMail(bytes);
    await verifySignatures(bytes, noDns, new Date(0));
    return null;
  } catch (error) {
    return String(error instanceof Error ? error.stack : error);
  }
}

function realMails(): Buffer[] {
  const folder = join(process.env['ENVOI_CORPORA'] ?? '', 'bounces', 'mail');
  if (!process.env['ENVOI_CORPORA'] || !existsSync(folder)) {
    console.error('NO CORPUS: set ENVOI_CORPORA to mutate real mails as well');
    return [];
  }
  return readdirSync(folder)
    .sort()
    .map((file) => readFileSync(join(folder, file)));
}

function garbageCollector(): () => number {
  v8.setFlagsFromString('--expose-gc');
  const collect = vm.runInNewContext('gc') as () => void;
  return () => {
    collect();
    collect();
    return process.memoryUsage().heapUsed + process.memoryUsage().external;
  };
}

/** Ends the process, from another thread, when one mail never ends. */
function startWatch() {
  const place = new Int32Array(new SharedArrayBuffer(4));
  const code = `
    const { workerData: [place, ms] } = require('node:worker_threads');
    let last = -1, since = Date.now();
    setInterval(() => {
      const now = Atomics.load(place, 0);
      if (now !== last) { last = now; since = Date.now(); return; }
      if (Date.now() - since < ms) return;
      require('node:fs').writeSync(2, 'mail ' + now + ' never ends\\n');
      process.kill(process.pid, 'SIGKILL');
    }, 1000);`;
  const worker = new Worker(code, { eval: true, workerData: [place, stuckMs], execArgv: [] });
  return {
    at: (index: number) => void Atomics.store(place, 0, index),
    end: () => worker.terminate(),
  };
}
