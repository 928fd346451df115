import type { DnsAnswer } from '#mail/dns';
import type { DomainRecord, ExpectedRecord, RecordProblem } from './domain.ts';

type Tags = ReadonlyMap<string, string>;
type Verdict = Pick<DomainRecord, 'found' | 'valid' | 'problem'>;

/** A record with what was found in its place. */
export function judged(record: ExpectedRecord, answer: DnsAnswer<unknown>, verdict: Verdict): DomainRecord {
  return { ...record, ...verdict, asked: askedOf(answer) };
}

/** A record that nobody has looked for yet. */
export function unchecked(record: ExpectedRecord): DomainRecord {
  return { ...record, found: [], valid: false, problem: 'unchecked', asked: null };
}

/** A published key: the same key is enough, however the record is written (RFC 6376 §3.6.1). */
export function judgeKey(expected: string, answer: DnsAnswer<string>): Verdict {
  const none = nothingFound(answer);
  if (none || answer.kind !== 'found') return none ?? failed;
  const found = answer.values;
  const keys = found.map(readTags).filter((tags) => tags.has('p'));
  if (keys.length > 1) return { found, valid: false, problem: 'several' };
  const [key] = keys;
  const wanted = readTags(expected);
  if (key?.get('p') === '') return { found, valid: false, problem: 'revoked' };
  return verdict(found, key && isKey(key, wanted) ? null : whatHappened(found, wanted));
}

function isKey(key: Tags, wanted: Tags): boolean {
  const isSame = key.get('p') === wanted.get('p') && (key.get('k') ?? 'rsa') === wanted.get('k');
  return isSame && takesSha256(key.get('h')) && isForMail(key.get('s'));
}

/** The usual ways in which a right key becomes a wrong record, so that nobody has to compare four hundred letters. */
function whatHappened(found: readonly string[], wanted: Tags): RecordProblem {
  if (found.some((text) => isKey(readTags(text.replaceAll(/["\\]/g, '')), wanted))) return 'quoted';
  const whole = wanted.get('p') ?? '';
  const parts = found.map((text) => readTags(text).get('p') ?? '');
  return parts.some((part) => part.length >= leastCut && part !== whole && whole.startsWith(part))
    ? 'cut_off'
    : 'different';
}

const leastCut = 100; // all RSA keys begin alike for some letters

/** The mail servers of the return path: ours must be tried before all others, or reports about e-mails go astray. */
export function judgeMx(host: string, answer: DnsAnswer<{ preference: number; exchange: string }>): Verdict {
  const none = nothingFound(answer);
  if (none || answer.kind !== 'found') return none ?? failed;
  const sorted = answer.values.toSorted((a, b) => a.preference - b.preference);
  const found = sorted.map(({ preference, exchange }) => `${preference} ${exchange || '.'}`);
  const name = host.toLowerCase();
  const first = sorted.filter(({ preference }) => preference === sorted[0]?.preference);
  if (first.every(({ exchange }) => exchange === name)) return verdict(found, null);
  const isDoubled = sorted.some(({ exchange }) => exchange.startsWith(`${name}.`));
  return verdict(found, isDoubled ? 'target_doubled' : 'different');
}

/** What holds for every record that is not there. */
export function nothingFound(answer: DnsAnswer<unknown>): Verdict | null {
  if (answer.kind === 'found') return null;
  if (answer.kind !== 'failed') return { found: [], valid: false, problem: 'absent' };
  return answer.problem === 'too_many_aliases' ? { ...failed, problem: 'alias_circle' } : failed;
}

export function verdict(found: readonly string[], problem: RecordProblem | null): Verdict {
  return { found, valid: problem === null, problem };
}

const failed: Verdict = { found: [], valid: false, problem: 'dns_failed' };

function askedOf(answer: DnsAnswer<unknown>): DomainRecord['asked'] {
  if (answer.kind === 'failed') return null;
  const { server, isOwnServer, ttl } = answer;
  return { server, isOwnServer, ttl };
}

/** RFC 6376 §3.2: tags in any order, blanks anywhere in a key. */
function readTags(text: string): Tags {
  return new Map(
    text.split(';').flatMap((part) => {
      const at = part.indexOf('=');
      return at < 0
        ? []
        : [[part.slice(0, at).trim().toLowerCase(), part.slice(at + 1).replace(/\s+/g, '')] as const];
    }),
  );
}

function takesSha256(hashes: string | undefined): boolean {
  return hashes === undefined || hashes.toLowerCase().split(':').includes('sha256');
}

/** RFC 6376 §3.6.1: a key may be kept for other services than e-mail. */
function isForMail(services: string | undefined): boolean {
  return services === undefined || services.split(':').some((one) => one === '*' || one === 'email');
}
