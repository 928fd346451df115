import { markHeader } from '#domain/outbox';
import { parseAddress, sameAddress } from '#mail/address';
import type { SignatureVerdict } from '#mail/dkim';
import { readMail, type SplitHeaders, splitHeaders } from '#mail/mime';
import type { Finding, Findings, SentFacts, Verdict } from './self-test.ts';

/** A mail that may be the test mail, from outside. */
export interface Seen {
  readonly bytes: Uint8Array;
  /** The envelope sender, where it was heard in the conversation; null: only the Return-Path header may tell (RFC 5321 §4.4). */
  readonly envelopeFrom: string | null;
}

/** Headers as far as they are looked at: a test mail of ours has 1 kB, and servers add some. */
const mostHeaders = 128 * 1024;
const longestShown = 320;

/** Tells whether a mail is the one that was sent, by our header, its Message-ID or the digits in its subject. Never throws. */
export async function isTestMail(sent: SentFacts, bytes: Uint8Array): Promise<boolean> {
  const split = splitHeaders(bytes, mostHeaders);
  const isMarked = valuesOf(split, markHeader).some((value) => value.toLowerCase() === sent.mark);
  if (isMarked || idIn(split) === sent.messageId.toLowerCase()) return true;
  const head = await readMail(bytes.subarray(0, Math.min(split.bodyStart, mostHeaders)));
  return head.ok && head.mail.subject.includes(sent.code);
}

/** Compares what arrived with what was sent; `signature` is what its DKIM signatures are worth. Never throws on bytes. */
export function judgeArrival(sent: SentFacts, seen: Seen, signature: SignatureVerdict): Findings {
  const split = splitHeaders(seen.bytes, mostHeaders);
  const returnPath = seen.envelopeFrom ?? valuesOf(split, 'return-path')[0] ?? null;
  const [mark] = valuesOf(split, markHeader);
  const [from] = valuesOf(split, 'from');
  return {
    envelopeFrom: judgeEnvelope(sent.envelopeFrom, returnPath),
    header: found(
      mark === undefined ? 'missing' : mark.toLowerCase() === sent.mark ? 'kept' : 'changed',
      mark,
    ),
    messageId: judgeId(sent.messageId, idIn(split)),
    from: judgeFrom(sent.from, from),
    signature,
  };
}

function judgeEnvelope(sent: string, raw: string | null): Finding {
  if (raw === null) return found('unknown', null);
  const path = raw.replace(/^\s*<(.*)>\s*$/s, '$1').trim();
  if (path === '') return found('missing', '<>');
  if (path.toLowerCase() === sent.toLowerCase()) return found('kept', path);
  const local = sent.slice(0, sent.lastIndexOf('@')).toLowerCase();
  return found(path.toLowerCase().includes(local) ? 'wrapped' : 'changed', path);
}

function judgeId(sent: string, id: string | null): Finding {
  if (id === null) return found('missing', null);
  return found(id === sent.toLowerCase() ? 'kept' : 'changed', id);
}

function judgeFrom(sent: string, raw: string | undefined): Finding {
  if (raw === undefined) return found('missing', null);
  const read = parseAddress(raw);
  const address = read.ok ? read.address.address : raw;
  return found(read.ok && sameAddress(address, sent) ? 'kept' : 'changed', address);
}

/** The Message-ID without its brackets, in lower case: some servers change the case. */
function idIn(split: SplitHeaders): string | null {
  const [value] = valuesOf(split, 'message-id');
  return value === undefined ? null : value.replace(/^<|>$/g, '').toLowerCase();
}

function valuesOf({ headers }: SplitHeaders, name: string): string[] {
  return headers
    .filter((one) => one.name.toLowerCase() === name.toLowerCase())
    .map(({ value }) => value.trim());
}

function found(verdict: Verdict, text: string | null | undefined): Finding {
  const shown = text?.replace(/\p{Cc}+/gu, ' ').slice(0, longestShown);
  return { verdict, found: shown ?? null };
}
