import { hashOf, readText, toBase64Url, toHex } from './bytes.ts';
import { readCertificate } from './certificate.ts';
import { checkStamp, SignatureBroken } from './check-cms.ts';
import { checkFiles, type EventText, type NamedFiles, noteFiles } from './check-files.ts';
import { checkHead, isIncluded, readLogProof } from './check-log.ts';
import { layout, type Manifest, numbered } from './evidence-layout.ts';
import { type EvidenceFacts, fail, type Parts } from './finding.ts';
import { readPem } from './pem.ts';

/**
 * Checks that the events are those of the dispatch, from the first on and none left out, that each is in the log, that opened fields and
 * attached files are the ones they name. Returns how many events there are.
 */
export async function checkEvents(parts: Parts, manifest: Manifest, facts: EvidenceFacts): Promise<number> {
  const names = [...parts.keys()].filter((name) => layout.events.test(name)).sort();
  if (names.length === 0 || names.length !== manifest.events)
    fail('events', 'Events are missing.', layout.manifest);
  const head = await readHead(parts, facts);
  const files: NamedFiles = { byName: new Map(), hashes: new Set() };
  const seen: EventText[] = [];
  let prev: string | null = null;
  for (const [index, name] of names.entries()) {
    const raw = parts.get(name) ?? fail('events', 'An event is missing.', name);
    const event = readEvent(raw, name);
    const isNext = event.n === index + 1 && event.prev === prev && event.dispatch === manifest.dispatchId;
    if (!isNext || !name.startsWith(`events/${numbered(event.n)}-${event.type}.`))
      fail('events', 'An event does not follow the one before it.', name);
    await checkPlace(parts, raw, event.n, head);
    facts.erased += await checkDisclosures(parts, event);
    noteFiles(event, files);
    seen.push(event);
    prev = toHex(await hashOf(raw));
  }
  facts.events = names.length;
  facts.unnamed = await checkFiles(parts, files, seen);
  return names.length;
}

function readEvent(raw: Uint8Array, name: string): EventText {
  try {
    return JSON.parse(readText(raw) ?? '');
  } catch {
    return fail('events', 'An event is damaged.', name);
  }
}

/** The checkpoint that all proofs lead to, and its time stamps. */
async function readHead(parts: Parts, facts: EvidenceFacts) {
  const bytes = parts.get(layout.checkpoint) ?? fail('log', 'The checkpoint is missing.', layout.checkpoint);
  const keys = (readText(parts.get(layout.logKeys) ?? new Uint8Array()) ?? '').trim().split('\n');
  const note = readText(bytes) ?? '';
  const head = await checkHead(note, keys);
  if (!head) fail('log', 'The checkpoint was not signed by the key of the log.', layout.checkpoint);
  facts.log = { name: head.name, size: head.size };
  const chain = readPem(parts.get(layout.stampChain) ?? new Uint8Array()).map(readCertificate);
  for (const name of [...parts.keys()].filter((one) => layout.stamps.test(one))) {
    try {
      const { at, signer } = await checkStamp(parts.get(name) ?? new Uint8Array(), bytes, chain);
      facts.stamps.push({ at: at.toISOString(), by: signer.name });
    } catch (error) {
      if (error instanceof SignatureBroken) fail('stamps', error.message, name);
      throw error;
    }
  }
  return { ...head, note };
}

async function checkPlace(
  parts: Parts,
  raw: Uint8Array,
  n: number,
  head: Awaited<ReturnType<typeof readHead>>,
): Promise<void> {
  const name = `log/${numbered(n)}.tlog-proof`;
  const proof = readLogProof(parts.get(name) ?? fail('log', 'The proof of an event is missing.', name));
  if (proof?.note !== head.note || !(await isIncluded(raw, proof, head)))
    fail('log', 'The log does not hold this event.', name);
}

/** Each opened field has its digest in the event (RFC 9901 §7.1). Returns how many fields stay closed. */
async function checkDisclosures(parts: Parts, event: EventText): Promise<number> {
  const closed = new Set(event._sd ?? []);
  const name = `disclosures/${numbered(event.n)}.json`;
  const opened = parts.get(name);
  if (!opened) return closed.size;
  const list: unknown = readJson(opened) ?? fail('events', 'Opened fields are damaged.', name);
  if (!Array.isArray(list)) return fail('events', 'Opened fields are damaged.', name);
  for (const one of list) {
    if (typeof one !== 'string') return fail('events', 'Opened fields are damaged.', name);
    const digest = toBase64Url(await hashOf(new TextEncoder().encode(one)));
    if (!closed.delete(digest)) fail('events', 'An opened field is not the one that was recorded.', name);
  }
  return closed.size;
}

function readJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(readText(bytes) ?? '');
  } catch {
    return null;
  }
}
