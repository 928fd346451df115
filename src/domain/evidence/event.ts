import { sha256 } from '#base/crypto';
import { canonicalJson } from './canonical-json.ts';
import type { EventData, EventValue } from './event-value.ts';

/** `<subject>.<past participle>`; the subjects that exist. A *notice* is the in-app thing, `notification` is the mail. */
export type EventSubject =
  | 'document'
  | 'payment'
  | 'dispatch'
  | 'message'
  | 'notification'
  | 'code'
  | 'decision'
  | 'content'
  | 'visit'
  | 'provider'
  | 'sender'
  | 'domain'
  | 'contact'
  | 'suppression'
  | 'reminder'
  | 'disclosure'
  | 'evidence'
  | 'key'
  | 'log'
  | 'company'
  | 'account';

export type EventType = `${EventSubject}.${string}`;

/** Who did it: a person on our side, a program with a key, Envoi itself, a mail server, or somebody at the other end. */
export type Actor =
  | 'user'
  | 'program'
  | 'system'
  | 'server'
  | 'person'
  | 'proxied'
  | 'privacy_proxy'
  | 'prefetch'
  | 'scanner'
  | 'staff'
  | 'unknown';

/** A fact to be recorded. Without `dispatchId` it goes onto the company's own chain. */
export interface Fact {
  readonly type: EventType;
  readonly companyId: string;
  readonly dispatchId?: string | null;
  readonly messageId?: string | null;
  readonly documentId?: string | null;
  readonly at: Date;
  readonly actor: Actor;
  readonly certainty?: 'certain' | 'probable';
  readonly data?: EventData;
  /** Fields about persons (addresses, names, networks): kept as salted disclosures that can be erased. */
  readonly personal?: EventData;
}

/** A recorded event as readers get it; `data` has the disclosed personal fields merged in. */
export interface RecordedEvent {
  readonly id: string;
  readonly logIndex: number | null;
  readonly companyId: string;
  readonly dispatchId: string | null;
  readonly messageId: string | null;
  readonly documentId: string | null;
  readonly n: number;
  readonly type: EventType;
  readonly at: Date;
  readonly actor: Actor;
  readonly certainty: 'certain' | 'probable';
  readonly data: EventData;
  readonly raw: Buffer;
  readonly hash: Buffer;
  readonly prev: Buffer | null;
}

export const maximumEventBytes = 65_536;

export function chainOf(fact: Pick<Fact, 'dispatchId' | 'companyId'>): string {
  return fact.dispatchId ?? fact.companyId;
}

/** The canonical bytes of an event (RFC 8785). Refuses, by throwing, fractions, unsafe integers and more than 64 KiB. */
export function eventBytes(body: EventData): Buffer {
  const bytes = Buffer.from(canonicalJson(body), 'utf8');
  if (bytes.length > maximumEventBytes)
    throw new Error(`An event may have ${maximumEventBytes} bytes at most.`);
  return bytes;
}

/** The hash that the next event of the chain carries as `prev`. */
export function eventHash(raw: Uint8Array): Buffer {
  return sha256(raw);
}

/** The digest that stands in the event's bytes for a personal field: SHA-256 of the salted disclosure (RFC 9901 §4.2.3). */
export function disclosureDigest(salt: Uint8Array, name: string, value: EventValue): string {
  return sha256(disclosureText(salt, name, value)).toString('base64url');
}

/** A personal field with its salt, as it is handed to somebody who may see it (RFC 9901 §4.2.1). */
export function disclosureText(salt: Uint8Array, name: string, value: EventValue): string {
  const disclosure = canonicalJson([Buffer.from(salt).toString('base64url'), name, value]);
  return Buffer.from(disclosure).toString('base64url');
}

/** What an event consists of, as its columns hold it. */
export interface EventParts {
  readonly id: string;
  readonly companyId: string;
  readonly dispatchId?: string | null;
  readonly messageId?: string | null;
  readonly documentId?: string | null;
  readonly n: number;
  readonly prev: Buffer | null;
  readonly type: string;
  readonly at: Date;
  readonly actor: string;
  readonly certainty: string;
  readonly data: EventData;
  /** Of the personal fields, in order. */
  readonly digests: readonly string[];
}

/** The object whose canonical form is the event. */
export function eventBody(parts: EventParts): EventData {
  return {
    v: 1,
    id: parts.id,
    company: parts.companyId,
    ...(parts.dispatchId ? { dispatch: parts.dispatchId } : {}),
    ...(parts.messageId ? { message: parts.messageId } : {}),
    ...(parts.documentId ? { document: parts.documentId } : {}),
    n: parts.n,
    prev: parts.prev?.toString('hex') ?? null,
    type: parts.type,
    at: parts.at.toISOString(),
    actor: parts.actor,
    certainty: parts.certainty,
    data: parts.data,
    ...(parts.digests.length > 0 ? { _sd_alg: 'sha-256', _sd: parts.digests } : {}),
  };
}
