import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import { runCommand, type World } from '#entrypoints/cli';

/** Runs a command in a world whose words are kept; `more` gives it what it may touch. */
export async function runInWorld(argv: readonly string[], more: Partial<World> = {}) {
  const [out, said]: [string[], string[]] = [[], []];
  const none = (): never => {
    throw new Error('This command needs no data.');
  };
  const world: World = {
    print: (text) => void out.push(text),
    say: (sentence) => void said.push(sentence),
    readInput: async () => '',
    clock: () => new Date('2026-11-22T12:00:00Z'),
    serve: async () => 0,
    open: none,
    hitRules: () => null,
    examine: none,
    lookAtMachine: none,
    sendTestText: none,
    backUp: () => Promise.reject(new Error('not here')),
    restore: () => Promise.reject(new Error('not here')),
    running: async () => ({ url: 'http://127.0.0.1:9', key: null }),
    ...more,
  };
  const code = await runCommand(argv, world);
  return { code, out: out.join('\n'), said: said.join('\n') };
}

/** Serves an API on a free port of this machine. */
export async function listenOnLoopback(app: {
  readonly fetch: (request: Request) => Response | Promise<Response>;
}) {
  const server = createServer(getRequestListener(app.fetch));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}
