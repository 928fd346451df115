import { tag } from './write-der.ts';

/** One element of a DER text: views into the bytes it was read from, nothing copied. */
export interface DerNode {
  readonly tag: number;
  /** Tag, length and contents. */
  readonly raw: Uint8Array;
  readonly content: Uint8Array;
}

/** The bytes are no DER; a verifier treats it as a signature that does not hold. */
export class NotDer extends Error {
  override readonly name = 'NotDer';
}

const mostLengthBytes = 4;

/** Reads the element at `at`; bytes after it are left alone. Throws NotDer on indefinite, overlong and truncated lengths. */
export function readDer(bytes: Uint8Array, at = 0): DerNode {
  const [ofTag, first] = [bytes[at], bytes[at + 1]];
  if (ofTag === undefined || first === undefined || (ofTag & 0x1f) === 0x1f)
    throw new NotDer('No element here.');
  const { length, start } =
    first < 128 ? { length: first, start: at + 2 } : longLength(bytes, at, first & 0x7f);
  const end = start + length;
  if (end > bytes.length) throw new NotDer('An element is longer than its text.');
  return { tag: ofTag, raw: bytes.subarray(at, end), content: bytes.subarray(start, end) };
}

/** Reads the one element that the bytes are. Throws NotDer when something follows it, or when its tag is not `ofTag`. */
export function readWhole(bytes: Uint8Array, ofTag?: number): DerNode {
  const node = readDer(bytes);
  if (ofTag !== undefined && node.tag !== ofTag) throw new NotDer('This is another element.');
  if (node.raw.length !== bytes.length) throw new NotDer('Something follows the element.');
  return node;
}

/** The elements inside of a constructed one. */
export function childrenOf(node: DerNode): DerNode[] {
  const children: DerNode[] = [];
  for (let at = 0; at < node.content.length; ) {
    const child = readDer(node.content, at);
    children.push(child);
    at += child.raw.length;
  }
  return children;
}

/** The child at `index`, which must be there and, where `ofTag` is given, of that tag. Throws NotDer otherwise. */
export function childAt(node: DerNode, index: number, ofTag?: number): DerNode {
  const child = childrenOf(node)[index];
  if (!child || (ofTag !== undefined && child.tag !== ofTag)) throw new NotDer('An element is missing.');
  return child;
}

/** The dotted form of an object identifier. Throws NotDer for any other element. */
export function readOid(node: DerNode): string {
  if (node.tag !== tag.oid) throw new NotDer('This is no object identifier.');
  const arcs: number[] = [];
  let value = 0;
  for (const byte of node.content) {
    value = value * 128 + (byte & 0x7f);
    if (byte < 128) {
      arcs.push(value);
      value = 0;
    }
  }
  const [head = 0, ...rest] = arcs;
  const first = Math.min(2, Math.floor(head / 40));
  return [first, head - first * 40, ...rest].join('.');
}

/** A UTCTime or GeneralizedTime in UTC (RFC 5280 §4.1.2.5); fractions of a second as RFC 3161 §2.4.2 allows them. */
export function readTime(node: DerNode): Date {
  if (node.tag !== tag.utcTime && node.tag !== tag.generalTime) throw new NotDer('This is no time.');
  const text = String.fromCharCode(...node.content);
  const found = /^(\d{2}|\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})(\.\d{1,9})?Z$/.exec(text);
  if (!found) throw new NotDer('This is no time.');
  const [, year = '', month, day, hour, minute, second, fraction = ''] = found;
  // RFC 5280 §4.1.2.5.1: two digits up to 49 are of this century.
  const full = year.length === 4 ? year : `${Number(year) < 50 ? '20' : '19'}${year}`;
  const at = new Date(`${full}-${month}-${day}T${hour}:${minute}:${second}${fraction.slice(0, 4)}Z`);
  if (Number.isNaN(at.getTime())) throw new NotDer('This is no time.');
  return at;
}

function longLength(bytes: Uint8Array, at: number, count: number): { length: number; start: number } {
  if (count === 0 || count > mostLengthBytes) throw new NotDer('A length is not in its short form.');
  let length = 0;
  for (let index = 0; index < count; index += 1) length = length * 256 + (bytes[at + 2 + index] ?? 0);
  if (length < 128 || (bytes[at + 2] ?? 0) === 0) throw new NotDer('A length is not in its short form.');
  return { length, start: at + 2 + count };
}
