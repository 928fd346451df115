import { fork } from 'node:child_process';
import { once } from 'node:events';
import { Agent, createServer, request } from 'node:http';
import { fileURLToPath } from 'node:url';
import { newId } from '#base/ids';
import { silentLog } from '#base/log';
import { linkTokens, openLinks } from '#domain/tracking';
import { inCompany } from '#stores/database';
import { serve } from '../src/roof/serve.ts';
import { benchInstallation } from './installation.ts';
import { figure, median, option, rate, rounded } from './measure.ts';

/**
 * Pixel hits, each durably recorded before it is answered, over HTTP with keep-alive. Baseline, in turns with it: a bare HTTP server in a
 * process of its own that answers the same bytes. The requests come from this process; both servers run in children.
 */
export async function benchHits(args: readonly string[]): Promise<void> {
  const count = option(args, 'count', 4000);
  const rounds = option(args, 'rounds', 5);
  const ours = await startChild('envoi');
  const bare = await startChild('bare');
  const [first = ''] = ours.paths;
  const measured: { envoi: number; bare: number }[] = [];
  for (let round = 0; round <= rounds; round += 1) {
    const bareRate = await rate(count, () => load(bare.port, [first], count));
    const envoiRate = await rate(count, () => load(ours.port, ours.paths, count));
    if (round > 0) measured.push({ envoi: envoiRate, bare: bareRate }); // the first round warms up
  }
  figure('hits', {
    requests: count,
    rounds,
    envoiPerSecond: rounded(median(measured.map((one) => one.envoi))),
    barePerSecond: rounded(median(measured.map((one) => one.bare))),
    ratio: rounded(median(measured.map((one) => one.envoi / one.bare))),
  });
  ours.child.disconnect();
  bare.child.disconnect();
}

interface Started {
  readonly port: number;
  readonly paths: readonly string[];
}

async function startChild(what: 'envoi' | 'bare') {
  const child = fork(fileURLToPath(import.meta.url), [what], { execArgv: ['--import', 'tsx'] });
  const [message] = (await once(child, 'message')) as [Started];
  return { child, ...message };
}

/** `count` requests, 50 at a time. */
async function load(port: number, paths: readonly string[], count: number): Promise<void> {
  const agent = new Agent({ keepAlive: true, maxSockets: 50 });
  let next = 0;
  const run = async (): Promise<void> => {
    for (let n = next++; n < count; n = next++) await get(agent, port, paths[n % paths.length] ?? '/');
  };
  await Promise.all(Array.from({ length: 50 }, run));
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

async function serveEnvoi(): Promise<Started> {
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
  return { port, paths: ids.map((id) => `/o/${linkTokens(linkKey, id, 1).pixel}.gif`) };
}

async function serveBare(): Promise<Started> {
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
  return { port: typeof address === 'object' && address ? address.port : 0, paths: [] };
}

if (process.argv[1] === fileURLToPath(import.meta.url) && process.send) {
  process.on('disconnect', () => process.exit(0));
  process.send(process.argv[2] === 'envoi' ? await serveEnvoi() : await serveBare());
}
