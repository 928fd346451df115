import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** A time-stamping service (RFC 3161) made of `openssl ts`, with a root of its own. */
export interface TestStamps {
  readonly url: string;
  /** The root that vouches for it (PEM file). */
  readonly rootFile: string;
  /** How it behaves from now on. */
  mood: 'well' | 'down' | 'refusing' | 'babbling' | 'stale' | 'forging';
  /** Whether its tokens carry its root beside its own certificate; many services leave it out. */
  sendsRoot: boolean;
  /** So many of the next answers it fails to give, whatever its mood. */
  failing: number;
  /** How many it has been asked for. */
  asked: number;
  close(): Promise<void>;
}

const config = (folder: string) => `
[req]
distinguished_name = name
prompt = no
[name]
CN = Test Time Stamps
[stamps]
basicConstraints = critical,CA:false
keyUsage = critical,digitalSignature
extendedKeyUsage = critical,timeStamping
[root]
basicConstraints = critical,CA:true
keyUsage = critical,keyCertSign,cRLSign
subjectKeyIdentifier = hash
[tsa]
default_tsa = own
[own]
serial = ${folder}/serial
signer_cert = ${folder}/tsa.pem
signer_key = ${folder}/tsa.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
ess_cert_id_alg = sha256
`;

/** Starts one on a free port of this machine. */
export async function startTimeStamps(): Promise<TestStamps> {
  const folder = await mkdtemp(join(tmpdir(), 'envoi-tsa-'));
  await makeKeys(folder);
  const state = { mood: 'well' as TestStamps['mood'], sendsRoot: true, failing: 0, asked: 0 };
  let stale: Buffer | null = null;
  const server = createServer(async (request, response) => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    state.asked += 1;
    state.failing -= 1;
    if (state.failing >= 0 || state.mood === 'down') return response.writeHead(503).end();
    if (state.mood === 'babbling') return response.end('hello');
    if (state.mood === 'refusing') return response.end(Buffer.from('30053003020102', 'hex'));
    if (state.mood === 'stale' && stale) return response.end(stale);
    const query = join(folder, `query-${state.asked}`);
    await writeFile(query, Buffer.concat(parts));
    const chain = state.sendsRoot ? ['-chain', `${folder}/root.pem`] : [];
    const args = [
      'ts',
      '-reply',
      '-config',
      `${folder}/config`,
      ...chain,
      '-queryfile',
      query,
      '-out',
      `${query}.out`,
    ];
    await run('openssl', args);
    stale = await readFile(`${query}.out`);
    if (state.mood === 'forging') spoilSignature(stale);
    return response.writeHead(200, { 'content-type': 'application/timestamp-reply' }).end(stale);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return Object.assign(state, {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    rootFile: join(folder, 'root.pem'),
    close: async () => {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
      await rm(folder, { recursive: true, force: true });
    },
  });
}

/** It stands at the end of the token. */
function spoilSignature(token: Buffer): void {
  token[token.length - 5] = (token[token.length - 5] ?? 0) ^ 1;
}

async function makeKeys(folder: string): Promise<void> {
  const at = (name: string): string => join(folder, name);
  await writeFile(at('config'), config(folder));
  await writeFile(at('serial'), '01\n');
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-config', at('config')];
  const root = ['-extensions', 'root', '-days', '30', '-keyout', at('root.key'), '-out', at('root.pem')];
  await run('openssl', ['req', '-x509', ...key, ...root, '-subj', '/CN=Test Root of Time']);
  await run('openssl', ['req', '-new', ...key, '-keyout', at('tsa.key'), '-out', at('tsa.csr')]);
  const issue = ['-CA', at('root.pem'), '-CAkey', at('root.key'), '-CAcreateserial', '-days', '20'];
  const extensions = ['-extfile', at('config'), '-extensions', 'stamps'];
  await run('openssl', [
    'x509',
    '-req',
    '-in',
    at('tsa.csr'),
    ...issue,
    ...extensions,
    '-out',
    at('tsa.pem'),
  ]);
}
