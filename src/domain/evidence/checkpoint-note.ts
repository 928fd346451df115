import { createPublicKey, type KeyObject, sign, verify } from 'node:crypto';
import { type LogKey, verifierOf } from '#stores/keys';

/** What a signed note says: this log had this root when it had so many events (C2SP tlog-checkpoint). */
export interface CheckpointText {
  readonly name: string;
  readonly size: number;
  readonly root: Buffer;
}

/** Writes and signs a checkpoint: name, size and root in a line each, an empty line, the signature (C2SP signed-note). */
export function signCheckpoint(key: LogKey, size: number, root: Buffer): string {
  const body = `${key.name}\n${size}\n${root.toString('base64')}\n`;
  const [, id = ''] = partsOf(verifierOf(key));
  const signature = sign(null, Buffer.from(body), key.privateKey);
  const signed = Buffer.concat([Buffer.from(id, 'hex'), signature]).toString('base64');
  return `${body}\n— ${key.name} ${signed}\n`;
}

/** Reads a checkpoint that one of these verifier keys has signed; null when none has, or when it is no checkpoint. */
export function readCheckpoint(note: string, verifiers: readonly string[]): CheckpointText | null {
  const form =
    /^([^\n+\s]{1,300})\n(0|[1-9]\d{0,14})\n([A-Za-z0-9+/]{43}=)\n((?:[^\n]+\n)*)\n((?:— [^\n]+\n)+)$/;
  const found = note.length <= 10_000 ? form.exec(note) : null;
  if (!found) return null;
  const [, name = '', size = '', root = '', , signatures = ''] = found;
  const body = Buffer.from(note.slice(0, note.length - signatures.length - 1));
  const isSigned = signatures
    .trimEnd()
    .split('\n')
    .some((line) => verifiers.some((verifier) => isSignedBy(line, verifier, name, body)));
  return isSigned ? { name, size: Number(size), root: Buffer.from(root, 'base64') } : null;
}

/** Tells whether one of these verifier keys has signed the note of a checkpoint. */
export function isCheckpointOf(note: string, verifiers: readonly string[]): boolean {
  return readCheckpoint(note, verifiers) !== null;
}

function isSignedBy(line: string, verifier: string, name: string, body: Buffer): boolean {
  const [signerName, id = '', key = ''] = partsOf(verifier);
  const [, lineName, encoded = ''] = /^— (\S+) (\S+)$/.exec(line) ?? [];
  if (lineName !== signerName || signerName !== name) return false;
  const signed = Buffer.from(encoded, 'base64');
  if (signed.length !== 68 || signed.subarray(0, 4).toString('hex') !== id) return false;
  return verify(null, body, publicKey(Buffer.from(key, 'base64').subarray(1)), signed.subarray(4));
}

/** Name, key id in hex and key of `name+id+key`; base64 may hold a plus too. */
function partsOf(verifier: string): string[] {
  const [name = '', id = '', ...key] = verifier.split('+');
  return [name, id, key.join('+')];
}

/** RFC 8410 §4: the SPKI form of 32 bytes of Ed25519. */
function publicKey(bytes: Uint8Array): KeyObject {
  const spki = Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), bytes]);
  return createPublicKey({ key: spki, format: 'der', type: 'spki' });
}
