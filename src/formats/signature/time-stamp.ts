import { randomBytes } from 'node:crypto';
import {
  boolean,
  childrenOf,
  type DerNode,
  integer,
  NotDer,
  nothing,
  octets,
  oid,
  readWhole,
  sequence,
  tag,
} from '#base/der';
import { oids } from './oids.ts';

/** A service that vouches for the time answered with something that is no stamp of ours. */
export class StampRefused extends Error {
  override readonly name = 'StampRefused';
}

export interface StampOptions {
  readonly fetch: typeof fetch;
  /** In milliseconds, for the whole exchange. */
  readonly timeoutMs: number;
}

const mostAnswerBytes = 65_536; // tokens with three certificates have about 6 kB

/**
 * Asks a time-stamping service (RFC 3161 over HTTP, §3.4) about a SHA-256 and returns its token. Throws StampRefused for an
 * answer that is none, is too long, or stamps something else; redirects are not followed.
 */
export async function askTimeStamp(
  url: string,
  digest: Uint8Array,
  options: StampOptions,
): Promise<Uint8Array> {
  const nonce = randomBytes(8);
  const response = await options.fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/timestamp-query', accept: 'application/timestamp-reply' },
    body: Buffer.from(stampQuery(digest, nonce)),
    redirect: 'error',
    signal: AbortSignal.timeout(options.timeoutMs),
  });
  if (!response.ok) throw new StampRefused(`The service answered ${response.status}.`);
  const answer = await readLimited(response);
  try {
    return tokenIn(answer, digest, nonce);
  } catch (error) {
    if (error instanceof NotDer) throw new StampRefused('The answer is no time stamp.');
    throw error;
  }
}

/** RFC 3161 §2.4.1 */
function stampQuery(digest: Uint8Array, nonce: Uint8Array): Uint8Array {
  const imprint = sequence(sequence(oid(oids.sha256), nothing()), octets(digest));
  return sequence(integer(1), imprint, integer(nonce), boolean(true));
}

/** RFC 3161 §2.4.2: a granted answer (0, or 1 with changes) with a token over our digest and nonce. */
function tokenIn(answer: Uint8Array, digest: Uint8Array, nonce: Uint8Array): Uint8Array {
  const [status, token] = childrenOf(readWhole(answer));
  const [code] = status ? childrenOf(status) : [];
  if (!code || (code.content[0] ?? 9) > 1 || !token)
    throw new StampRefused('The service did not grant a time stamp.');
  const info = readStampInfo(token.raw);
  if (!equal(info.digest, digest) || !info.nonce || !equal(stripped(info.nonce), stripped(nonce)))
    throw new StampRefused('The service stamped something else.');
  return Uint8Array.from(token.raw);
}

/** What a token says: digest, nonce and time. Its signature is checked elsewhere. Throws NotDer for what is no token. */
function readStampInfo(token: Uint8Array): { digest: Uint8Array; nonce: Uint8Array | null } {
  const signedData = first(childrenOf(readWhole(token))[1]);
  const content = childrenOf(signedData)[2];
  const wrapped = content ? childrenOf(content)[1] : undefined;
  const fields = childrenOf(readWhole(first(wrapped).content));
  const imprint = fields[2];
  const digest = imprint ? childrenOf(imprint)[1]?.content : undefined;
  if (!digest) throw new NotDer('This is no time stamp.');
  // Of the fields after the time, the nonce is the only INTEGER.
  return { digest, nonce: fields.slice(5).find((node) => node.tag === tag.integer)?.content ?? null };
}

function first(node: DerNode | undefined): DerNode {
  const [child] = node ? childrenOf(node) : [];
  if (!child) throw new NotDer('An element is missing.');
  return child;
}

async function readLimited(response: Response): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of response.body ?? []) {
    size += part.length;
    if (size > mostAnswerBytes) throw new StampRefused('The answer is too long.');
    parts.push(part);
  }
  return Buffer.concat(parts);
}

function equal(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0;
}

function stripped(bytes: Uint8Array): Uint8Array {
  const start = bytes.findIndex((byte) => byte !== 0);
  return start < 0 ? bytes.subarray(0, 0) : bytes.subarray(start);
}
