import ipaddr from 'ipaddr.js';

/** An entry of `networks` in a rules file. */
export interface RelayRanges {
  readonly source: string;
  readonly checked: string;
  readonly ranges: readonly string[];
}

const source = 'https://mask-api.icloud.com/egress-ip-ranges.csv';
const mostLines = 2_000_000;
const mostRanges = 20_000; // what a network of a rules file may have

/**
 * Makes the published list of iCloud Private Relay (lines of `prefix,country,region,city,`) into an entry for a rules file. Prefixes are
 * widened to /20 and /40, where the list takes whole blocks anyway, and neighbours are put together. Refuses a file without any prefix.
 */
export function readRelayRanges(
  text: string,
  day: string,
): { readonly ok: true; readonly entry: RelayRanges; readonly skipped: number } | { readonly ok: false } {
  const blocks = new Map<string, { readonly value: bigint; readonly bits: number; readonly v6: boolean }>();
  let skipped = 0;
  for (const line of text.split('\n', mostLines)) {
    const prefix = line.split(',', 1)[0]?.trim() ?? '';
    if (prefix === '' || prefix.startsWith('#')) continue;
    if (!ipaddr.isValidCIDR(prefix)) {
      skipped += 1;
      continue;
    }
    const block = widened(prefix);
    blocks.set(keyOf(block), block);
  }
  for (let before = 0; before !== blocks.size; ) {
    before = blocks.size;
    for (const block of [...blocks.values()]) join(blocks, block);
  }
  if (blocks.size === 0 || blocks.size > mostRanges) return { ok: false };
  const ranges = [...blocks.values()].sort(
    (a, b) => Number(a.v6) - Number(b.v6) || compare(a.value, b.value),
  );
  return { ok: true, entry: { source, checked: day, ranges: ranges.map(written) }, skipped };
}

interface Block {
  /** The bits of the prefix, as a number. */
  readonly value: bigint;
  readonly bits: number;
  readonly v6: boolean;
}

function widened(prefix: string): Block {
  const [address, given] = ipaddr.parseCIDR(prefix);
  const v6 = address.kind() === 'ipv6';
  const bits = Math.min(given, v6 ? 40 : 20);
  const all = BigInt(`0x${Buffer.from(address.toByteArray()).toString('hex')}`);
  return { value: all >> BigInt((v6 ? 128 : 32) - bits), bits, v6 };
}

/** Two halves of a block are the block. */
function join(blocks: Map<string, Block>, block: Block): void {
  const sibling = { ...block, value: block.value ^ 1n };
  if (block.bits === 0 || !blocks.has(keyOf(block)) || !blocks.has(keyOf(sibling))) return;
  blocks.delete(keyOf(block));
  blocks.delete(keyOf(sibling));
  const whole = { ...block, value: block.value >> 1n, bits: block.bits - 1 };
  blocks.set(keyOf(whole), whole);
}

function keyOf({ value, bits, v6 }: Block): string {
  return `${v6 ? 6 : 4}/${bits}/${value}`;
}

function written({ value, bits, v6 }: Block): string {
  const length = v6 ? 128 : 32;
  const hex = (value << BigInt(length - bits)).toString(16).padStart(length / 4, '0');
  const bytes = [...Buffer.from(hex, 'hex')];
  return `${ipaddr.fromByteArray(bytes).toString()}/${bits}`;
}

function compare(a: bigint, b: bigint): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
