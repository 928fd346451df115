import { type Dns, type DnsAnswer, valuesOf } from './answer.ts';
import { organisationalDomain } from './organisational-domain.ts';

export type DmarcPolicy = 'none' | 'quarantine' | 'reject';
type Alignment = 'relaxed' | 'strict';

/** What a domain asks receivers to do with mail that is not authenticated. */
export interface DmarcRecord {
  readonly policy: DmarcPolicy;
  readonly subdomainPolicy: DmarcPolicy | null;
  readonly dkim: Alignment;
  readonly spf: Alignment;
  /** `t=y`: receivers shall treat it one step milder (RFC 9989 §4.7). */
  readonly isTest: boolean;
  /** A policy is given that is none: it asks for nothing (RFC 9989 §4.7). */
  readonly isFaulty: boolean;
  /** `psd=y`, `psd=n`, or not said. */
  readonly publicSuffix: 'yes' | 'no' | null;
}

export type DmarcFinding =
  | {
      readonly kind: 'found';
      /** The name that has the record: the domain itself or one above it. */
      readonly at: string;
      readonly text: string;
      readonly record: DmarcRecord;
      /** What is asked for mail from this very domain. */
      readonly policy: DmarcPolicy;
      readonly answer: DnsAnswer<string>;
    }
  | {
      /** `malformed`: what was meant as a record is none, and asks for nothing. */
      readonly kind: 'none' | 'malformed' | 'several' | 'failed';
      readonly texts: readonly string[];
      readonly answer: DnsAnswer<string>;
    };

const mostSteps = 8;

/** Finds the policy for mail from a domain by walking up the tree of names: RFC 9989 §4.10, eight questions at most. */
export async function findDmarc(dns: Dns, domain: string): Promise<DmarcFinding> {
  const first = await readAt(dns, domain);
  if (first.kind !== 'none' && first.kind !== 'malformed') return first;
  let highest: Extract<DmarcFinding, { kind: 'found' }> | null = null;
  for (const name of namesAbove(domain)) {
    const found = await readAt(dns, name);
    if (found.kind === 'failed') return found;
    if (found.kind !== 'found') continue;
    if (found.record.publicSuffix === 'yes') break;
    highest = { ...found, policy: found.record.subdomainPolicy ?? found.record.policy };
    if (found.record.publicSuffix === 'no') break;
  }
  return highest ?? first;
}

/** From names of more than eight labels the walk jumps to seven: RFC 9989 §4.10. */
function namesAbove(domain: string): string[] {
  const labels = domain.split('.');
  const from = labels.length > mostSteps ? labels.length - (mostSteps - 1) : 1;
  return labels.slice(from).map((_, index) => labels.slice(from + index).join('.'));
}

async function readAt(dns: Dns, name: string): Promise<DmarcFinding> {
  const answer = await dns.ask(`_dmarc.${name}`, 'TXT');
  if (answer.kind === 'failed') return { kind: 'failed', texts: [], answer };
  const texts = valuesOf(answer).filter((text) => /^v\s*=\s*DMARC1\s*(;|$)/.test(text));
  const [text, ...others] = texts;
  const record = text === undefined ? null : parseDmarc(text);
  if (others.length > 0) return { kind: 'several', texts, answer };
  if (text === undefined || !record) {
    const meant = valuesOf(answer).filter((one) => /^\W*v\W*dmarc/i.test(one));
    return { kind: meant.length > 0 ? 'malformed' : 'none', texts: meant, answer };
  }
  const policy = record.policy;
  return { kind: 'found', at: name, text, record, policy, answer };
}

/** Reads a record (RFC 9989 §4.8); null for what is none. Without a policy that is known it asks for nothing. */
export function parseDmarc(text: string): DmarcRecord | null {
  const [version, ...rest] = text.split(';').map((tag) => tag.trim());
  if (!/^v\s*=\s*DMARC1$/.test(version ?? '')) return null;
  const tags = new Map<string, string>();
  for (const tag of rest) {
    const [, name, value] = /^([a-z]+)\s*=\s*(.*)$/i.exec(tag) ?? [];
    if (name && value !== undefined && !tags.has(name.toLowerCase()))
      tags.set(name.toLowerCase(), value.trim());
  }
  const alignment = (name: string): Alignment =>
    tags.get(name)?.toLowerCase() === 's' ? 'strict' : 'relaxed';
  const policyOf = (name: string): DmarcPolicy | null =>
    policies.find((policy) => policy === tags.get(name)?.toLowerCase()) ?? null;
  const isFaulty = ['p', 'sp'].some((name) => tags.has(name) && policyOf(name) === null);
  const psd = tags.get('psd')?.toLowerCase();
  return {
    policy: policyOf('p') ?? 'none',
    subdomainPolicy: policyOf('sp'),
    dkim: alignment('adkim'),
    spf: alignment('aspf'),
    isFaulty,
    isTest: tags.get('t')?.toLowerCase() === 'y',
    publicSuffix: psd === 'y' ? 'yes' : psd === 'n' ? 'no' : null,
  };
}

const policies: readonly DmarcPolicy[] = ['none', 'quarantine', 'reject'];

/** Tells whether a domain that was proved (by DKIM or SPF) speaks for the domain in From: RFC 9989 §4.4. */
export function isAligned(fromDomain: string, provedDomain: string, alignment: Alignment): boolean {
  if (fromDomain === provedDomain) return true;
  if (alignment === 'strict') return false;
  const organisation = organisationalDomain(fromDomain);
  return organisation !== null && organisation === organisationalDomain(provedDomain);
}
