import type { DKIMVerifyResult } from 'mailauth';
import { type AskedDns, type Dns, type FrozenDns, freezeDns } from '#mail/dns';
import { splitHeaders } from '#mail/mime';

/** What the DKIM signatures of a mail are worth (RFC 6376 §6.1). */
export type SignatureVerdict = {
  /** `unknown`: no key could be asked for. */
  readonly result: 'pass' | 'fail' | 'none' | 'unknown';
  /** The domain that signed (`d=`). */
  readonly domain: string | null;
  /** That domain is the one of the From address, or belongs to the same organisation (RFC 7489 §3.1.1). */
  readonly aligned: boolean;
};

/** The same with the keys that the DNS showed for it, frozen; null: none was asked for. */
export type CheckedSignature = SignatureVerdict & { readonly keys: FrozenDns | null };

const noSignature: SignatureVerdict = { result: 'none', domain: null, aligned: false };
const worth = { pass: 0, unknown: 1, fail: 2, none: 3 } as const;

/**
 * RFC 6376 §8.4 lets a verifier bound what it tries: each signature costs a question to the DNS, which the writer of the mail would have
 * us ask. Real mails have up to four.
 */
const mostSignatures = 10;
/** The parser's time goes with the square of the length of these; long lists of recipients stand in others. */
const parsed = /^(?:from|return-path|dkim-signature|arc-.*)$/i;
const longestParsed = 8 * 1024;
const longestHeaders = 256 * 1024;

/**
 * Verifies the DKIM signatures of a mail and returns the best of them: one that holds and fits the From address before one that
 * holds, before one that does not; and what the DNS said about their keys. Never throws: what cannot be verified is `unknown`, and so is a mail with headers beyond reason.
 */
export async function verifySignatures(
  bytes: Buffer,
  dns: Pick<Dns, 'ask'>,
  now: Date,
): Promise<CheckedSignature> {
  const asked: AskedDns[] = [];
  const best = isBeyondReason(bytes)
    ? ({ ...noSignature, result: 'unknown' } as const)
    : await bestOf(bytes, noting(dns, asked), now);
  const keys = asked.length > 0 ? freezeDns({ about: 'key', domain: best.domain ?? '' }, asked) : null;
  return { ...best, keys };
}

/** Asks as the verifier expects it, lists of strings and errors of `node:dns`, and notes what was answered. */
function noting(dns: Pick<Dns, 'ask'>, asked: AskedDns[]) {
  return async (name: string, type: string): Promise<string[][]> => {
    if (type !== 'TXT') throw Object.assign(new Error(`No ${type} is asked for.`), { code: 'ENODATA' });
    const answer = await dns.ask(name, 'TXT');
    asked.push({ name, type, answer });
    if (answer.kind === 'found') return answer.values.map((value) => [value]);
    const code = { absent: 'ENOTFOUND', empty: 'ENODATA', failed: 'ESERVFAIL' }[answer.kind];
    throw Object.assign(new Error(`The DNS has no TXT at ${name}.`), { code });
  };
}

async function bestOf(
  bytes: Buffer,
  resolver: ReturnType<typeof noting>,
  now: Date,
): Promise<SignatureVerdict> {
  try {
    // Loaded here: it brings much along that processes without mail coming in need not load.
    const { dkimVerify } = await import('mailauth/lib/dkim/verify.js');
    const { results } = await dkimVerify(bytes, { resolver: resolver as never, curTime: now });
    const verdicts = results.map(verdictOf);
    const [best = noSignature] = verdicts.sort(
      (a, b) => worth[a.result] - worth[b.result] || Number(b.aligned) - Number(a.aligned),
    );
    return best;
  } catch {
    return { ...noSignature, result: 'unknown' };
  }
}

function isBeyondReason(bytes: Buffer): boolean {
  const { headers, bodyStart } = splitHeaders(bytes, longestHeaders + 1);
  if (bodyStart > longestHeaders) return true;
  const signatures = headers.filter(({ name }) => name.toLowerCase() === 'dkim-signature');
  const isLong = headers.some(({ name, value }) => value.length > longestParsed && parsed.test(name));
  return isLong || signatures.length > mostSignatures;
}

type VerifyResult = DKIMVerifyResult['results'][number];

function verdictOf(one: VerifyResult): SignatureVerdict {
  const { result, aligned } = one.status as { result: string; aligned?: unknown };
  return {
    result: result === 'pass' || result === 'none' ? result : result === 'temperror' ? 'unknown' : 'fail',
    domain: typeof one.signingDomain === 'string' ? one.signingDomain.toLowerCase().slice(0, 255) : null,
    aligned: result === 'pass' && Boolean(aligned),
  };
}
