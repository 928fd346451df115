/** The record types that mail needs, and what one record of each says. Names are in lower case, without a dot at the end. */
export interface RecordValues {
  readonly A: string;
  readonly AAAA: string;
  readonly CNAME: string;
  /** An empty exchange is the null MX: this domain takes no mail (RFC 7505). */
  readonly MX: { readonly preference: number; readonly exchange: string };
  readonly NS: string;
  readonly PTR: string;
  /** The character strings of one record, put together: RFC 7208 §3.3, RFC 6376 §3.6.2.2. */
  readonly TXT: string;
}
export type RecordType = keyof RecordValues;

export type DnsProblem =
  | 'timeout'
  | 'unreachable'
  | 'server_failure' // SERVFAIL, REFUSED, or a server that does not know the zone it is named for
  | 'malformed' // an answer that is none, or a name that cannot be asked
  | 'too_many_aliases';

interface Asked {
  /** Who answered: the name of a name server, or the address of a resolver. */
  readonly server: string;
  /** True when it was one of the domain's own name servers. */
  readonly isOwnServer: boolean;
  /** When it was asked, where the answer comes from a store of answers. */
  readonly askedAt?: Date;
}

/** What the DNS says; `ttl` counts seconds, `via` names the aliases (CNAME) that were followed. */
export type DnsAnswer<Value> =
  | (Asked & {
      readonly kind: 'found';
      readonly values: readonly Value[];
      readonly ttl: number;
      readonly via: readonly string[];
    })
  /** `absent`: there is no such name (NXDOMAIN). `empty`: the name has no record of this type. */
  | (Asked & { readonly kind: 'absent'; readonly ttl: number; readonly via: readonly string[] })
  | (Asked & { readonly kind: 'empty'; readonly ttl: number; readonly via: readonly string[] })
  | {
      readonly kind: 'failed';
      readonly problem: DnsProblem;
      readonly server: string | null;
      readonly askedAt?: Date;
    };

/** Asks the DNS; never rejects. */
export interface Dns {
  ask<Type extends RecordType>(name: string, type: Type): Promise<DnsAnswer<RecordValues[Type]>>;
}

/** The values of an answer; none where there are none, also when the DNS could not be asked. */
export function valuesOf<Value>(answer: DnsAnswer<Value>): readonly Value[] {
  return answer.kind === 'found' ? answer.values : [];
}
