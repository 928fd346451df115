import { join } from '#base/der';
import { equalBytes, fromBase64, hashOf, owned, readText, toHex } from './bytes.ts';

/** A signed head of a log (C2SP tlog-checkpoint). */
export interface SignedHead {
  readonly name: string;
  readonly size: number;
  readonly root: Uint8Array;
}

/**
 * Reads a checkpoint and verifies that it was signed by one of the keys (C2SP verifier keys, `name+id+key`, Ed25519). Null when it was
 * not, or when it is none.
 */
export async function checkHead(note: string, verifiers: readonly string[]): Promise<SignedHead | null> {
  const form = /^([^\n+\s]{1,300})\n(0|[1-9]\d{0,14})\n([A-Za-z0-9+/]{43}=)\n\n— (\S+) ([A-Za-z0-9+/=]+)\n$/;
  const [, name = '', size = '', root = '', signer = '', signed = ''] =
    (note.length < 10_000 && form.exec(note)) || [];
  const [rootBytes, signedBytes] = [fromBase64(root), fromBase64(signed)];
  if (!name || signer !== name || !rootBytes || signedBytes?.length !== 68) return null;
  const body = new TextEncoder().encode(note.slice(0, note.indexOf('\n\n') + 1));
  for (const verifier of verifiers) {
    const [keyName, id, ...key] = verifier.split('+');
    const bytes = fromBase64(key.join('+'));
    if (keyName !== name || bytes?.length !== 33 || bytes[0] !== 1) continue;
    const known = (await hashOf(join([new TextEncoder().encode(`${name}\n`), bytes]))).subarray(0, 4);
    if (toHex(known) !== id || !equalBytes(known, signedBytes.subarray(0, 4))) continue;
    const publicKey = await crypto.subtle.importKey('raw', owned(bytes.subarray(1)), 'Ed25519', false, [
      'verify',
    ]);
    if (await crypto.subtle.verify('Ed25519', publicKey, owned(signedBytes.subarray(4)), owned(body)))
      return { name, size: Number(size), root: rootBytes };
  }
  return null;
}

/** What a proof file says (C2SP tlog-proof): the event's place, counted from 0, the way to the root, the checkpoint. */
export interface LogProof {
  readonly index: number;
  readonly path: readonly Uint8Array[];
  readonly note: string;
}

const proofHead = 'c2sp.org/tlog-proof@v1';

export function writeLogProof(proof: {
  readonly index: number;
  readonly path: readonly string[];
  readonly note: string;
}): string {
  return `${[proofHead, `index ${proof.index}`, ...proof.path].join('\n')}\n\n${proof.note}`;
}

export function readLogProof(bytes: Uint8Array): LogProof | null {
  const text = readText(bytes) ?? '';
  const end = text.indexOf('\n\n');
  const [head, index = '', ...path] = text.slice(0, end).split('\n');
  const place = /^index (0|[1-9]\d{0,14})$/.exec(index)?.[1];
  const hashes = path.map((line) => (/^[A-Za-z0-9+/]{43}=$/.test(line) ? fromBase64(line) : null));
  if (end < 0 || head !== proofHead || place === undefined || path.length > 63) return null;
  return hashes.every((hash) => hash !== null)
    ? { index: Number(place), path: hashes, note: text.slice(end + 2) }
    : null;
}

/** Tells whether these bytes are the leaf at that place of the tree (RFC 9162 §2.1.3.2). */
export async function isIncluded(raw: Uint8Array, proof: LogProof, head: SignedHead): Promise<boolean> {
  if (proof.index >= head.size) return false;
  let [node, last] = [proof.index, head.size - 1];
  let hash = await hashOf(join([Uint8Array.of(0), raw]));
  for (const step of proof.path) {
    if (last === 0) return false;
    if (node % 2 === 1 || node === last) {
      hash = await hashOf(join([Uint8Array.of(1), step, hash]));
      while (node % 2 === 0 && node !== 0) [node, last] = [Math.floor(node / 2), Math.floor(last / 2)];
    } else hash = await hashOf(join([Uint8Array.of(1), hash, step]));
    [node, last] = [Math.floor(node / 2), Math.floor(last / 2)];
  }
  return last === 0 && equalBytes(hash, head.root);
}
