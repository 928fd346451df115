import { createSocket } from 'node:dgram';
import { createServer, type Socket } from 'node:net';
import {
  type Answer,
  AUTHORITATIVE_ANSWER,
  decode,
  encode,
  type Packet,
  RECURSION_AVAILABLE,
  streamEncode,
  TRUNCATED_RESPONSE,
} from 'dns-packet';

/** A record in the form of a zone file: `['vautrin.example', 'MX', '10 mx.vautrin.example', 300]`. */
export type ZoneLine = readonly [name: string, type: string, value: string, ttl?: number];

export interface TestDns {
  /** `127.0.0.1:port`, as `ENVOI_DNS_SERVERS` takes it. */
  readonly address: string;
  readonly port: number;
  /** Questions so far, as `TYPE name`. */
  readonly questions: readonly string[];
  /** Adds records; `set` replaces those of the same name and type. */
  add(...lines: readonly ZoneLine[]): void;
  set(name: string, type: string, ...values: readonly string[]): void;
  remove(name: string, type?: string): void;
  values(name: string, type: string): string[];
  /** From now on: answers, says SERVFAIL, or is silent. */
  behave(how: 'answer' | 'fail' | 'silent'): void;
  close(): Promise<void>;
}

/**
 * A name server for tests, authoritative for every name, on a private port of 127.0.0.1, UDP and TCP. It follows no aliases:
 * that is the asking side's work. TXT values over 255 octets are split; UDP answers over 1232 octets are cut (TC).
 */
export async function startDns(lines: readonly ZoneLine[] = []): Promise<TestDns> {
  const zone: ZoneLine[] = [];
  const questions: string[] = [];
  let mood: 'answer' | 'fail' | 'silent' = 'answer';
  const remove = (name: string, type?: string): void => {
    const stays = zone.filter(
      (line) => line[0] !== name.toLowerCase() || (type !== undefined && line[1] !== type),
    );
    zone.splice(0, zone.length, ...stays);
  };
  const add = (...more: readonly ZoneLine[]): void => {
    zone.push(...more.map(([name, ...rest]): ZoneLine => [name.toLowerCase(), ...rest]));
  };
  add(...lines);
  const reply = (bytes: Buffer): Packet | null => {
    const query = decode(bytes);
    const [question] = query.questions ?? [];
    if (!question || mood === 'silent') return null;
    questions.push(`${question.type} ${question.name}`);
    return answerTo(zone, query.id ?? 0, question, mood === 'fail');
  };
  const servers = await listen(reply);
  return {
    ...servers,
    address: `127.0.0.1:${servers.port}`,
    questions,
    add,
    set: (name, type, ...values) => {
      remove(name, type);
      add(...values.map((value): ZoneLine => [name, type, value]));
    },
    remove,
    values: (name, type) =>
      zone.filter((line) => line[0] === name.toLowerCase() && line[1] === type).map((line) => line[2]),
    behave: (how) => {
      mood = how;
    },
  };
}

type Question = NonNullable<Packet['questions']>[number];
const serverFailure = 2;
const noSuchName = 3;

function answerTo(zone: readonly ZoneLine[], id: number, question: Question, fails: boolean): Packet {
  const name = question.name.toLowerCase();
  const here = zone.filter((line) => line[0] === name);
  const answers = here.filter((line) => line[1] === question.type || line[1] === 'CNAME').map(toAnswer);
  const exists = here.length > 0 || zone.some((line) => line[0].endsWith(`.${name}`));
  const rcode = fails ? serverFailure : exists ? 0 : noSuchName;
  return {
    type: 'response',
    id,
    flags: AUTHORITATIVE_ANSWER | RECURSION_AVAILABLE | rcode,
    questions: [question],
    answers: fails ? [] : answers,
    authorities: answers.length > 0 || fails ? [] : [soa],
  };
}

const soa: Answer = {
  type: 'SOA',
  name: 'example',
  ttl: 60,
  data: {
    mname: 'ns.example',
    rname: 'admin.example',
    serial: 1,
    refresh: 1,
    retry: 1,
    expire: 1,
    minimum: 30,
  },
};

function toAnswer([name, type, value, ttl = 300]: ZoneLine): Answer {
  if (type === 'TXT') return { type, name, ttl, data: value.match(/[\s\S]{1,255}/g) ?? [''] };
  if (type !== 'MX') return { type, name, ttl, data: value } as Answer;
  const [preference, exchange = '.'] = value.split(' ');
  return { type, name, ttl, data: { preference: Number(preference), exchange } };
}

const largestUdp = 1232;

async function listen(reply: (bytes: Buffer) => Packet | null) {
  const tcp = createServer((socket) => serveTcp(socket, reply));
  await new Promise<void>((done) => tcp.listen(0, '127.0.0.1', done));
  const address = tcp.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const udp = createSocket('udp4');
  udp.on('message', (bytes, from) => {
    const packet = reply(bytes);
    if (!packet) return;
    const whole = encode(packet);
    const cut = { ...packet, answers: [], flags: (packet.flags ?? 0) | TRUNCATED_RESPONSE };
    udp.send(whole.length > largestUdp ? encode(cut) : whole, from.port, from.address);
  });
  await new Promise<void>((done) => udp.bind(port, '127.0.0.1', done));
  return {
    port,
    close: async () => {
      await new Promise<void>((done) => udp.close(() => done()));
      await new Promise<void>((done) => tcp.close(() => done()));
    },
  };
}

function serveTcp(socket: Socket, reply: (bytes: Buffer) => Packet | null): void {
  let held = Buffer.alloc(0);
  socket.on('error', () => socket.destroy());
  socket.on('data', (bytes: Buffer) => {
    held = Buffer.concat([held, bytes]);
    if (held.length < 2 || held.length < held.readUInt16BE(0) + 2) return;
    const packet = reply(held.subarray(2));
    if (packet) socket.end(streamEncode(packet));
  });
}
