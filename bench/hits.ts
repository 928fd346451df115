import { fork } from 'node:child_process';
import { once } from 'node:events';
import { Agent, createServer, request } from 'node:http';
import { fileURLToPath } from 'node:url';
import { newId } from '#base/ids';
import { silentLog } from '#base/log';
import { pause } from '#base/time';
import { linkTokens, openLinks } from '#domain/tracking';
import { inCompany } from '#stores/database';
import { serve } from '../src/roof/serve.ts';
import { benchInstallation } from './installation.ts';
import { figure, median, option, rate, rounded } from './measure.ts';

/**
 * Pixel hits, each durably recorded before it is answered, over HTTP with keep-alive. Baseline, in turns with it: a bare HTTP server in a
 * process of its own that answers the same bytes. The requests come from this process; both servers run in children. A round of ours
 * ends for the rate with its last answer, and for the next round when all of its hits are written to the database.
 */
export async function benchHits(args: readonly string[]): Promise<void> {
  const count = option(args, 'count', 4000);
  const rounds = option(args, 'rounds', 5);
  const at = option(args, 'connections', 50);
  const ours = await startChild('envoi');
  const bare = await startChild('bare');
  const [first = ''] = ours.paths;
  const measured: { envoi: Measured; bare: Measured }[] = [];
  for (let round = 0; round <= rounds; round += 1) {
    const bareOne = await measure(bare, count, () => load(bare.port, [first], count, at));
    const envoi = await measure(ours, count, () => load(ours.port, ours.paths, count, at));
    if (round > 0) measured.push({ envoi, bare: bareOne }); // the first round warms up
  }
  const middle = (of: (one: (typeof measured)[number]) => number): number =>
    rounded(median(measured.map(of)));
  figure('hits', {
    requests: count,
    rounds,
    connections: at,
    envoiPerSecond: middle((one) => one.envoi.perSecond),
    barePerSecond: middle((one) => one.bare.perSecond),
    ratio: middle((one) => one.envoi.perSecond / one.bare.perSecond),
    writtenPerSecond: middle((one) => one.envoi.writtenPerSecond),
    // Of the server's process: until the last answer, and until all is written.
    envoiCpuUs: middle((one) => one.envoi.cpuUs),
    envoiCpuUsWritten: middle((one) => one.envoi.cpuUsWritten),
    bareCpuUs: middle((one) => one.bare.cpuUs),
  });
  ours.child.disconnect();
  bare.child.disconnect();
}

interface Started {
  readonly port: number;
  readonly paths: readonly string[];
}

/** What a server's process has used so far, and how many hits it has not written yet. */
interface Cost {
  readonly cpuUs: number;
  readonly waiting: number;
}

interface Measured {
  readonly perSecond: number;
  readonly writtenPerSecond: number;
  readonly cpuUs: number;
  readonly cpuUsWritten: number;
}

type Child = Awaited<ReturnType<typeof startChild>>;

async function startChild(what: 'envoi' | 'bare') {
  const child = fork(fileURLToPath(import.meta.url), [what], { execArgv: ['--import', 'tsx'] });
  const [message] = (await once(child, 'message')) as [Started];
  const cost = async (): Promise<Cost> => {
    child.send('cost');
    return ((await once(child, 'message')) as [Cost])[0];
  };
  return { child, cost, ...message };
}

async function measure({ cost }: Child, count: number, work: () => Promise<void>): Promise<Measured> {
  const [before, start] = [await cost(), performance.now()];
  const perSecond = await rate(count, work);
  const answered = await cost();
  let written = answered;
  while (written.waiting > 0) {
    await pause(10);
    written = await cost();
  }
  return {
    perSecond,
    writtenPerSecond: (count * 1000) / (performance.now() - start),
    cpuUs: (answered.cpuUs - before.cpuUs) / count,
    cpuUsWritten: (written.cpuUs - before.cpuUs) / count,
  };
}

/** `count` requests, `connections` at a time. */
async function load(
  port: number,
  paths: readonly string[],
  count: number,
  connections: number,
): Promise<void> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  let next = 0;
  const run = async (): Promise<void> => {
    for (let n = next++; n < count; n = next++) await get(agent, port, paths[n % paths.length] ?? '/');
  };
  await Promise.all(Array.from({ length: connections }, run));
  agent.destroy();
}

function get(agent: Agent, port: number, path: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const headers = {
      'user-agent': 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36',
    };
    const asked = request({ agent, host: '127.0.0.1', port, path, headers }, (answer) => {
      answer.resume();
      answer.on('end', resolve);
    });
    asked.on('error', reject);
    asked.end();
  });
}

const pixel = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64');
const messages = 2000;

interface Served extends Started {
  /** How many hits are not written yet. */
  waiting(): number;
}

async function serveEnvoi(): Promise<Served> {
  const bench = await benchInstallation();
  const { companyId } = bench;
  const now = new Date();
  const ids = Array.from({ length: messages }, () => newId('message', now));
  await inCompany(bench.installation.database, companyId, (tx) =>
    openLinks(
      tx,
      ids.map((messageId) => ({
        messageId,
        companyId,
        dispatchId: newId('dispatch', now),
        documentIds: [],
        language: 'en',
        mode: 'full',
        counted: true,
        expiresAt: new Date(now.getTime() + 1e9),
      })),
    ),
  );
  const { linkKey, config } = bench.installation;
  const running = await serve(
    { ...config, roles: new Set(['web', 'worker']) },
    { clock: () => new Date(), log: silentLog, say: () => undefined },
  );
  const port = Number(new URL(running.url ?? '').port);
  const paths = ids.map((id) => `/o/${linkTokens(linkKey, id, 1).pixel}.gif`);
  return { port, paths, waiting: () => running.installation.hits.waiting };
}

async function serveBare(): Promise<Served> {
  const server = createServer((_request, answer) => {
    answer.writeHead(200, {
      'content-type': 'image/gif',
      'cache-control': 'no-store',
      'content-length': pixel.length,
    });
    answer.end(pixel);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return { port: typeof address === 'object' && address ? address.port : 0, paths: [], waiting: () => 0 };
}

if (process.argv[1] === fileURLToPath(import.meta.url) && process.send) {
  process.on('disconnect', () => process.exit(0));
  const { port, paths, waiting } = process.argv[2] === 'envoi' ? await serveEnvoi() : await serveBare();
  process.on('message', () => {
    const { user, system } = process.cpuUsage();
    process.send?.({ cpuUs: user + system, waiting: waiting() } satisfies Cost);
  });
  process.send({ port, paths } satisfies Started);
}
