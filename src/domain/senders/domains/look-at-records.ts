import { type Dns, evaluateSpf, findDmarc, isAligned, readSpf, type SpfFinding, valuesOf } from '#mail/dns';
import {
  type DomainKey,
  type DomainRecord,
  type ExpectedRecord,
  type RecordProblem,
  returnDomain,
} from './domain.ts';
import { type MailHost, requiredRecords } from './expected-records.ts';
import { judged, judgeKey, judgeMx, nothingFound, verdict } from './judge-record.ts';

/**
 * Asks the DNS for every record of a domain and says what is right, what is wrong, and why. DMARC and the domain's own SPF are
 * read and judged, never asked to be replaced where they are good.
 */
export async function lookAtRecords(
  dns: Dns,
  domain: string,
  keys: readonly DomainKey[],
  host: MailHost,
): Promise<DomainRecord[]> {
  const required = requiredRecords(domain, keys, host).map((record) => lookTwice(dns, domain, record, host));
  const advised = [lookAtDmarc(dns, domain), lookAtOwnSpf(dns, domain, host)];
  const all = await Promise.all([...required, ...advised]);
  return all.filter((record) => record !== null);
}

/** Many forms put the domain behind what is typed as a name: who types the whole name has it there twice. */
async function lookTwice(
  dns: Dns,
  domain: string,
  record: ExpectedRecord,
  host: MailHost,
): Promise<DomainRecord> {
  const here = await lookAt(dns, record, host);
  if (here.problem !== 'absent') return here;
  const doubled = await lookAt(dns, { ...record, name: `${record.name}.${domain}` }, host);
  return doubled.valid ? { ...here, problem: 'name_doubled' } : here;
}

async function lookAt(dns: Dns, record: ExpectedRecord, host: MailHost): Promise<DomainRecord> {
  if (record.purpose === 'return_path_spf') return lookAtReturnSpf(dns, record, host);
  if (record.type === 'MX') {
    const answer = await dns.ask(record.name, 'MX');
    return judged(record, answer, judgeMx(host.name, answer));
  }
  const answer = await dns.ask(record.name, 'TXT');
  return judged(record, answer, judgeKey(record.expected, answer));
}

/** Good when a receiver would let every one of our addresses through, however the record says it. */
async function lookAtReturnSpf(dns: Dns, record: ExpectedRecord, host: MailHost): Promise<DomainRecord> {
  const answer = await dns.ask(record.name, 'TXT');
  const none = nothingFound(answer);
  if (none) return judged(record, answer, none);
  const found = valuesOf(answer).filter((text) => /^v=spf1( |$)/i.test(text));
  if (found.length === 0) return judged(record, answer, verdict(valuesOf(answer), 'absent'));
  const ips = host.publicIps.length > 0 ? host.publicIps : await addressesOf(dns, host.name);
  if (ips.length === 0) {
    const isSame = found.length === 1 && sameWords(found[0] ?? '', record.expected);
    return judged(record, answer, verdict(found, isSame ? null : found.length > 1 ? 'several' : 'different'));
  }
  const findings = await Promise.all(ips.map((ip) => evaluateSpf(dns, { domain: record.name, ip })));
  const problem = findings.map(problemOf).find((one) => one !== null) ?? null;
  return judged(record, answer, verdict(found, problem));
}

/** SPF of the domain itself: not needed for our mail, but a broken one hurts all of its mail. Null where there is none. */
async function lookAtOwnSpf(dns: Dns, domain: string, host: MailHost): Promise<DomainRecord | null> {
  const found = await readSpf(dns, domain);
  if (found.length === 0) return null;
  const answer = await dns.ask(domain, 'TXT');
  const record: ExpectedRecord = {
    purpose: 'spf',
    type: 'TXT',
    name: domain,
    expected: found[0] ?? '',
    required: false,
  };
  // Any address will do: only the errors of the record are looked for (192.0.2.0/24 belongs to nobody).
  const finding = await evaluateSpf(dns, { domain, ip: host.publicIps[0] ?? '192.0.2.1' });
  const problem = finding.result === 'permerror' ? problemOf(finding) : null;
  return judged(record, answer, verdict(found, problem));
}

async function lookAtDmarc(dns: Dns, domain: string): Promise<DomainRecord> {
  const dmarc = await findDmarc(dns, domain);
  const at = dmarc.kind === 'found' ? dmarc.at : domain;
  const isReadable = dmarc.kind === 'found' && !dmarc.record.isFaulty;
  const record: ExpectedRecord = {
    purpose: 'dmarc',
    type: 'TXT',
    name: `_dmarc.${at}`,
    expected: isReadable ? dmarc.text : 'v=DMARC1; p=none',
    required: false,
  };
  if (dmarc.kind !== 'found')
    return judged(record, dmarc.answer, verdict(dmarc.texts, dmarcProblems[dmarc.kind]));
  // The signature names the very domain of From, so it is aligned even where the owner asks for strictness.
  const isGood =
    isAligned(domain, domain, dmarc.record.dkim) || isAligned(domain, returnDomain(domain), dmarc.record.spf);
  const problem = isReadable ? (isGood ? null : 'not_aligned') : 'malformed';
  const seen = judged(record, dmarc.answer, verdict([dmarc.text], problem));
  return { ...seen, policy: dmarc.policy };
}

const dmarcProblems = {
  none: 'absent',
  malformed: 'malformed',
  several: 'several',
  failed: 'dns_failed',
} as const;

function problemOf({ result, problem }: SpfFinding): RecordProblem | null {
  if (result === 'pass') return null;
  if (result === 'temperror') return 'dns_failed';
  return problem === 'several_records' ? 'several' : (problem ?? 'different');
}

async function addressesOf(dns: Dns, name: string): Promise<string[]> {
  const [four, six] = await Promise.all([dns.ask(name, 'A'), dns.ask(name, 'AAAA')]);
  return [...valuesOf(four), ...valuesOf(six)];
}

function sameWords(a: string, b: string): boolean {
  const words = (text: string): string => text.trim().toLowerCase().split(/\s+/).join(' ');
  return words(a) === words(b);
}
