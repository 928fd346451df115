import { randomInt } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { connect, isIPv6 } from 'node:net';
import {
  AUTHORITATIVE_ANSWER,
  type DecodedPacket,
  decode,
  encode,
  RECURSION_DESIRED,
  TRUNCATED_RESPONSE,
} from 'dns-packet';
import type { DnsProblem, RecordType } from './answer.ts';

/** A server to ask. */
export interface DnsServer {
  readonly address: string;
  readonly port: number;
  /** How it is called where people read it. */
  readonly name: string;
}

export type Asking =
  | { readonly ok: true; readonly reply: DecodedPacket; readonly isAuthoritative: boolean }
  | { readonly ok: false; readonly problem: DnsProblem };

/**
 * Puts one question to one server: over UDP, and over TCP when the answer does not fit (RFC 7766 §5). Takes an answer only
 * with the number and the question that were sent. Never rejects; each way waits at most `timeoutMs`.
 */
export async function askServer(
  server: DnsServer,
  question: { readonly name: string; readonly type: RecordType; readonly recursive: boolean },
  timeoutMs: number,
): Promise<Asking> {
  const id = randomInt(65_536);
  const query = encode({
    type: 'query',
    id,
    flags: question.recursive ? RECURSION_DESIRED : 0,
    questions: [{ type: question.type, class: 'IN', name: question.name }],
    additionals: [{ type: 'OPT', name: '.', udpPayloadSize: largestUdp, flags: 0, options: [] } as never],
  });
  const isOurs = (reply: DecodedPacket): boolean => fits(reply, id, question);
  const short = await overUdp(server, query, isOurs, timeoutMs);
  if (!short.ok || (Number(short.reply.flags) & TRUNCATED_RESPONSE) === 0) return short;
  return overTcp(server, query, isOurs, timeoutMs);
}

/** Does not break into fragments on any usual line: DNS flag day 2020. */
const largestUdp = 1232;

function fits(reply: DecodedPacket, id: number, question: { name: string; type: RecordType }): boolean {
  const [asked] = reply.questions ?? [];
  return (
    reply.type === 'response' &&
    reply.id === id &&
    asked?.type === question.type &&
    asked.name.toLowerCase() === question.name.toLowerCase()
  );
}

type Fits = (reply: DecodedPacket) => boolean;

function overUdp(
  { address, port }: DnsServer,
  query: Buffer,
  isOurs: Fits,
  timeoutMs: number,
): Promise<Asking> {
  return new Promise((resolve) => {
    const socket = createSocket(isIPv6(address) ? 'udp6' : 'udp4');
    const end = (asking: Asking): void => {
      clearTimeout(timer);
      socket.removeAllListeners();
      socket.on('error', () => undefined);
      socket.close();
      resolve(asking);
    };
    const timer = setTimeout(() => end({ ok: false, problem: 'timeout' }), timeoutMs);
    socket.on('error', () => end({ ok: false, problem: 'unreachable' }));
    socket.on('message', (bytes) => {
      const reply = read(bytes);
      // Anything else may have been sent by somebody who guesses: the real answer is still awaited.
      if (reply && isOurs(reply)) end(answered(reply));
    });
    socket.connect(port, address, () => socket.send(query));
  });
}

function overTcp(
  { address, port }: DnsServer,
  query: Buffer,
  isOurs: Fits,
  timeoutMs: number,
): Promise<Asking> {
  return new Promise((resolve) => {
    const socket = connect({ host: address, port });
    let held = Buffer.alloc(0);
    const end = (asking: Asking): void => {
      clearTimeout(timer);
      socket.destroy();
      resolve(asking);
    };
    const timer = setTimeout(() => end({ ok: false, problem: 'timeout' }), timeoutMs);
    socket.on('error', () => end({ ok: false, problem: 'unreachable' }));
    socket.on('close', () => end({ ok: false, problem: 'unreachable' }));
    socket.on('connect', () => {
      const length = Buffer.alloc(2);
      length.writeUInt16BE(query.length);
      socket.write(Buffer.concat([length, query]));
    });
    socket.on('data', (bytes: Buffer) => {
      held = Buffer.concat([held, bytes]);
      const length = held.length < 2 ? Number.POSITIVE_INFINITY : held.readUInt16BE(0);
      if (held.length < length + 2) return;
      const reply = read(held.subarray(2, length + 2));
      end(reply && isOurs(reply) ? answered(reply) : { ok: false, problem: 'malformed' });
    });
  });
}

function answered(reply: DecodedPacket): Asking {
  return { ok: true, reply, isAuthoritative: (Number(reply.flags) & AUTHORITATIVE_ANSWER) !== 0 };
}

function read(bytes: Buffer): DecodedPacket | null {
  try {
    return decode(bytes);
  } catch {
    return null;
  }
}
