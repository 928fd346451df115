import { createServer, type Socket } from 'node:net';
import { createSecureContext, TLSSocket } from 'node:tls';
import type { ReceivedMail } from './received-mail.ts';
import { makePicker, type RudeOptions, type RudeRule, type RudeState } from './rude-script.ts';
import { RudeSession } from './rude-session.ts';

export interface RudeServer {
  readonly port: number;
  /** What it kept, also where its answer said otherwise. */
  readonly mails: readonly ReceivedMail[];
  /** Every line that clients said, in order. */
  readonly lines: readonly string[];
  readonly connections: number;
  /** True once the first octets of a message have arrived and a rule for `body` has been played. */
  readonly isBodySeen: boolean;
  close(): Promise<void>;
}

/** A server that is polite except where its script says otherwise. Listens on 127.0.0.1. */
export async function startRudeServer(
  script: readonly RudeRule[] = [],
  options: RudeOptions = {},
): Promise<RudeServer> {
  const state: RudeState = { options, pick: makePicker(script), mails: [], lines: [], isBodySeen: false };
  const sockets = new Set<Socket>();
  let connections = 0;
  const server = createServer({ noDelay: true }, (socket) => {
    connections += 1;
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => socket.destroy());
    const session = new RudeSession(state, socket, serveTls);
    void session.run();
  });
  await new Promise<void>((resolve) => server.listen(0, options.host ?? '127.0.0.1', resolve));
  const address = server.address();
  return {
    port: typeof address === 'object' && address ? address.port : 0,
    mails: state.mails,
    lines: state.lines,
    get isBodySeen() {
      return state.isBodySeen;
    },
    get connections() {
      return connections;
    },
    close: () => {
      for (const socket of sockets) socket.destroy();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };

  function serveTls(plain: Socket): Socket {
    const secureContext = createSecureContext({ ...options.tls, ...options.tlsOptions });
    const secure = new TLSSocket(plain, { isServer: true, secureContext });
    secure.on('error', () => secure.destroy());
    return secure;
  }
}
