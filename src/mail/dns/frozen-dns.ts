import { sha256 } from '#base/crypto';
import type { DnsAnswer, RecordType, RecordValues } from './answer.ts';

/** A question to the DNS with its answer. */
export interface AskedDns {
  readonly name: string;
  readonly type: RecordType;
  readonly answer: DnsAnswer<RecordValues[RecordType]>;
}

/** What the DNS said, as it is kept: JSON, and the SHA-256 (hex) of its bytes, by which mails refer to it. */
export interface FrozenDns {
  readonly sha256: string;
  readonly raw: string;
}

/** What `raw` holds. `about`: the recipient's domain (`route`), the sender's (`sender`), or the one that signed a mail (`key`). */
export interface DnsFacts {
  readonly about: 'route' | 'sender' | 'key';
  readonly domain: string;
  readonly answers: readonly KeptAnswer[];
  /** The policy of MTA-STS (RFC 8461) that held; null: none was there. */
  readonly mtaSts?: {
    readonly id: string;
    readonly mode: string;
    readonly mx: readonly string[];
    /** Until when it holds (RFC 3339). */
    readonly until: string;
  } | null;
}

/** One answer: who gave it, when it was asked for (RFC 3339), for how many seconds it holds, and the records as zone files write them. */
export interface KeptAnswer {
  readonly name: string;
  readonly type: RecordType;
  readonly result: DnsAnswer<never>['kind'];
  readonly records: readonly string[];
  readonly server: string | null;
  readonly ownServer?: boolean;
  readonly ttl?: number;
  readonly aliases?: readonly string[];
  readonly problem?: string;
  readonly askedAt?: string;
}

/** Freezes what was asked; the same facts give the same bytes. */
export function freezeDns(
  { about, domain, mtaSts }: Omit<DnsFacts, 'answers'>,
  asked: readonly AskedDns[],
): FrozenDns {
  const facts: DnsFacts = {
    about,
    domain,
    answers: asked.map(keptAnswer),
    ...(mtaSts === undefined ? {} : { mtaSts }),
  };
  const raw = JSON.stringify(facts);
  return { sha256: sha256(raw).toString('hex'), raw };
}

function keptAnswer({ name, type, answer }: AskedDns): KeptAnswer {
  const { kind, server, askedAt } = answer;
  const time = askedAt ? { askedAt: askedAt.toISOString() } : {};
  const head = { name, type, result: kind, records: recordsOf(answer), server };
  if (answer.kind === 'failed') return { ...head, problem: answer.problem, ...time };
  const { isOwnServer, ttl, via } = answer;
  return { ...head, ownServer: isOwnServer, ttl, ...(via.length > 0 ? { aliases: via } : {}), ...time };
}

function recordsOf(answer: AskedDns['answer']): string[] {
  if (answer.kind !== 'found') return [];
  return answer.values.map((value) =>
    typeof value === 'string' ? value : `${value.preference} ${value.exchange}.`,
  );
}
