import type { Answer, DecodedPacket } from 'dns-packet';
import type { RecordType, RecordValues } from './answer.ts';

/** What one reply says about a name, its aliases followed as far as the reply knows them. */
export interface ReadReply<Value> {
  readonly values: readonly Value[];
  /** The smallest of all that was used, in seconds; of a "no" the one of its SOA (RFC 2308 §5). */
  readonly ttl: number;
  /** The aliases that were followed, in order; the last one is the name to ask for when there are no values. */
  readonly via: readonly string[];
  readonly isAbsent: boolean;
}

const mostAliases = 8;
const mostValues = 200; // of real names the largest sets have some dozens

/** Reads a reply; names that go round in circles end after eight steps. */
export function readReply<Type extends RecordType>(
  reply: DecodedPacket,
  name: string,
  type: Type,
): ReadReply<RecordValues[Type]> {
  const answers = reply.answers ?? [];
  const via: string[] = [];
  const ttls: number[] = [];
  let current = tidyName(name);
  for (let step = 0; step < mostAliases && type !== 'CNAME'; step += 1) {
    const alias = answers.find((one) => one.type === 'CNAME' && tidyName(one.name) === current);
    if (alias?.type !== 'CNAME') break;
    current = tidyName(alias.data);
    via.push(current);
    ttls.push(alias.ttl ?? 0);
  }
  const records = answers
    .filter((one) => one.type === type && tidyName(one.name) === current)
    .slice(0, mostValues);
  const values = records.map((record) => recordValue(record) as RecordValues[Type]);
  ttls.push(...records.map((record) => ('ttl' in record ? (record.ttl ?? 0) : 0)));
  return {
    values,
    ttl: ttls.length > 0 ? Math.min(...ttls) : negativeTtl(reply),
    via,
    isAbsent: rcodeOf(reply) === nameAbsent,
  };
}

export const noError = 0;
export const nameAbsent = 3; // NXDOMAIN, RFC 1035 §4.1.1

/** The response code: the last four bits of the flags. */
export function rcodeOf(reply: DecodedPacket): number {
  return Number(reply.flags) & 0xf;
}

/** Lower case, without the dot at the end; the root becomes the empty text. */
export function tidyName(name: string): string {
  return name.toLowerCase().replace(/\.$/, '');
}

function recordValue(record: Answer): RecordValues[RecordType] {
  switch (record.type) {
    case 'MX':
      return { preference: record.data.preference ?? 0, exchange: tidyName(record.data.exchange) };
    case 'TXT':
      return [record.data].flat().map(String).join('');
    case 'CNAME':
    case 'NS':
    case 'PTR':
      return tidyName(record.data);
    default:
      return 'data' in record ? String(record.data) : '';
  }
}

function negativeTtl(reply: DecodedPacket): number {
  const soa = (reply.authorities ?? []).find((one) => one.type === 'SOA');
  return soa?.type === 'SOA' ? Math.min(soa.ttl ?? 0, soa.data.minimum ?? 0) : 0;
}
