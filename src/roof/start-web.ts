import { createServer, type Server } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import type { Log } from '#base/log';
import { second } from '#base/time';
import type { Config } from '#config';
import { Unusable } from '#entrypoints/cli';
import type { Installation } from './installation.ts';
import { makeWebApp } from './web-app.ts';
import { startWritingHits } from './write-down-hits.ts';

export interface Web {
  readonly url: string;
  stop(): Promise<void>;
}

/** Starts screens, API and portal. Throws Unusable, and leaves nothing running, when the port cannot be had. */
export async function startWeb(installation: Installation): Promise<Web> {
  const { config, log } = installation;
  const hits = startWritingHits(installation);
  const app = await makeWebApp(installation);
  const answer = getRequestListener(app.fetch);
  const server = createServer((request, response) => {
    if (!app.answerPixel(request, response)) void answer(request, response);
  });
  // Uploads of 25 MB over a slow line take minutes; headers do not.
  server.requestTimeout = 10 * 60 * second;
  server.headersTimeout = 30 * second;
  const stop = async (): Promise<void> => {
    await app.close();
    await closed(server, log);
    await hits.stop();
  };
  try {
    const port = await listening(server, config.port, config.host);
    return { url: config.port === 0 ? `http://${config.host}:${port}` : config.publicUrl, stop };
  } catch (error) {
    await stop();
    throw wordsFor(error as NodeJS.ErrnoException, config);
  }
}

function listening(server: Server, port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.removeListener('error', reject);
      const address = server.address();
      resolve(typeof address === 'object' && address ? address.port : port);
    });
  });
}

function wordsFor(error: NodeJS.ErrnoException, { host, port }: Config): Error {
  const why: Readonly<Record<string, string>> = {
    EADDRINUSE: `Port ${port} of ${host} is taken by another program. Stop that one, or set PORT to a free port.`,
    EACCES: `This user may not use port ${port}. Set PORT to one above 1023, or give the user that right.`,
    EADDRNOTAVAIL: `This machine has no address ${host}. Set HOST to one that it has, or to 0.0.0.0 for all.`,
    ENOTFOUND: `This machine has no address ${host}. Set HOST to one that it has, or to 0.0.0.0 for all.`,
  };
  const sentence = why[error.code ?? ''];
  return sentence ? new Unusable(sentence) : error;
}

const patience = 5 * second;

/** Lets running requests finish, but not for ever. */
function closed(server: Server, log: Log): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => {
      log.warn('some requests did not end and were cut off');
      server.closeAllConnections();
    }, patience);
    server.close(() => {
      clearTimeout(timer);
      resolve();
    });
    server.closeIdleConnections();
  });
}
