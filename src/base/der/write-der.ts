/** Universal tags of ASN.1 that certificates and signatures use (ITU-T X.680 §8.4), the constructed bit included. */
export const tag = {
  boolean: 0x01,
  integer: 0x02,
  bits: 0x03,
  octets: 0x04,
  nothing: 0x05,
  oid: 0x06,
  utf8: 0x0c,
  sequence: 0x30,
  set: 0x31,
  printable: 0x13,
  utcTime: 0x17,
  generalTime: 0x18,
} as const;

/** One element in DER (ITU-T X.690 §10): tag, shortest length, contents in order. */
export function element(ofTag: number, ...contents: readonly Uint8Array[]): Uint8Array {
  const length = contents.reduce((sum, part) => sum + part.length, 0);
  return join([Uint8Array.of(ofTag), lengthBytes(length), ...contents]);
}

export const sequence = (...contents: readonly Uint8Array[]): Uint8Array =>
  element(tag.sequence, ...contents);

/** A SET OF: DER wants its elements in the order of their bytes (X.690 §11.6). */
export const setOf = (...contents: readonly Uint8Array[]): Uint8Array =>
  element(tag.set, ...[...contents].sort(compareBytes));

/** A context-specific element: `[number]`, constructed unless `isPrimitive`. */
export function context(
  number: number,
  isPrimitive: boolean,
  ...contents: readonly Uint8Array[]
): Uint8Array {
  return element((isPrimitive ? 0x80 : 0xa0) | number, ...contents);
}

/** An INTEGER that is not negative, given as a number or as big-endian bytes. */
export function integer(value: number | Uint8Array): Uint8Array {
  const bytes = typeof value === 'number' ? numberBytes(value) : value;
  const first = bytes.findIndex((byte) => byte !== 0);
  const short = first < 0 ? Uint8Array.of(0) : bytes.subarray(first);
  return element(tag.integer, (short[0] ?? 0) > 127 ? join([Uint8Array.of(0), short]) : short);
}

export const octets = (bytes: Uint8Array): Uint8Array => element(tag.octets, bytes);
export const bits = (bytes: Uint8Array, unused = 0): Uint8Array =>
  element(tag.bits, Uint8Array.of(unused), bytes);
export const boolean = (value: boolean): Uint8Array => element(tag.boolean, Uint8Array.of(value ? 0xff : 0));
export const nothing = (): Uint8Array => element(tag.nothing);
export const utf8 = (text: string): Uint8Array => element(tag.utf8, new TextEncoder().encode(text));

/** An object identifier in dots: `1.2.840.10045.2.1`. */
export function oid(dotted: string): Uint8Array {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  return element(tag.oid, Uint8Array.from([first * 40 + second, ...rest].flatMap(base128)));
}

/** A time as certificates write it: UTCTime until 2049, GeneralizedTime after (RFC 5280 §4.1.2.5). */
export function time(at: Date): Uint8Array {
  const text = `${at.toISOString().replace(/[-:T]/g, '').slice(0, 14)}Z`;
  const isShort = at.getUTCFullYear() < 2050;
  return element(
    isShort ? tag.utcTime : tag.generalTime,
    new TextEncoder().encode(isShort ? text.slice(2) : text),
  );
}

/** Puts byte strings one after the other. */
export function join(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

function lengthBytes(length: number): Uint8Array {
  if (length < 128) return Uint8Array.of(length);
  const bytes = numberBytes(length);
  return Uint8Array.from([0x80 | bytes.length, ...bytes]);
}

function numberBytes(value: number): Uint8Array {
  const bytes: number[] = [];
  for (let rest = value; rest > 0 || bytes.length === 0; rest = Math.floor(rest / 256))
    bytes.unshift(rest % 256);
  return Uint8Array.from(bytes);
}

function base128(value: number): number[] {
  const bytes = [value % 128];
  for (let rest = Math.floor(value / 128); rest > 0; rest = Math.floor(rest / 128))
    bytes.unshift(128 | (rest % 128));
  return bytes;
}

function compareBytes(a: Uint8Array, b: Uint8Array): number {
  const different = a.findIndex((byte, at) => byte !== b[at]);
  return different < 0 ? a.length - b.length : (a[different] ?? 0) - (b[different] ?? -1);
}
