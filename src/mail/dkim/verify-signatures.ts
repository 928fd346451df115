import type { DKIMVerifyResult } from 'mailauth';
import { splitHeaders } from '#mail/mime';

/** Asks the DNS: records of a type at a name, as `node:dns` answers (TXT: lists of strings). Rejects like it. */
export type ResolveRecords = (name: string, type: string) => Promise<unknown>;

/** What the DKIM signatures of a mail are worth (RFC 6376 §6.1). */
export type SignatureVerdict = {
  /** `unknown`: no key could be asked for. */
  readonly result: 'pass' | 'fail' | 'none' | 'unknown';
  /** The domain that signed (`d=`). */
  readonly domain: string | null;
  /** That domain is the one of the From address, or belongs to the same organisation (RFC 7489 §3.1.1). */
  readonly aligned: boolean;
};

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
 * holds, before one that does not. Never throws: what cannot be verified is `unknown`, and so is a mail with headers beyond reason.
 */
export async function verifySignatures(
  bytes: Buffer,
  resolve: ResolveRecords,
  now: Date,
): Promise<SignatureVerdict> {
  if (isBeyondReason(bytes)) return { ...noSignature, result: 'unknown' };
  try {
    // Loaded here: it brings much along that processes without mail coming in need not load.
    const { dkimVerify } = await import('mailauth/lib/dkim/verify.js');
    const { results } = await dkimVerify(bytes, { resolver: resolve as never, curTime: now });
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
