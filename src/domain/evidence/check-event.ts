import { canonicalJson } from './canonical-json.ts';
import { disclosureDigest, eventBody, eventHash } from './event.ts';
import type { EventData, EventValue } from './event-value.ts';
import type { VerifyRow } from './verify-table.ts';

/** What can be wrong with one event; stable words. */
export type EventFault =
  | 'hash_differs'
  | 'row_differs'
  | 'bytes_damaged'
  | 'chain_broken'
  | 'disclosure_differs'
  | 'disclosure_missing';

export interface EventCheck {
  readonly fault: EventFault | null;
  /** The part that does not fit: a column, a field. */
  readonly part?: string;
  /** Digests whose values are gone; they need an erasure that accounts for them. */
  readonly missing: readonly string[];
}

/** Checks one row by itself and against the event before it on its chain. */
export function checkEvent(row: VerifyRow): EventCheck {
  const fault = (kind: EventFault, part?: string): EventCheck => ({ fault: kind, part, missing: [] });
  if (!eventHash(row.raw).equals(row.hash)) return fault('hash_differs');
  const text = row.raw.toString('utf8');
  const digests = digestsIn(text);
  if (!digests || canonicalJson(bodyOfRow(row, digests)) !== text) return whyDifferent(row);
  if (!followsItsChain(row)) return fault('chain_broken', row.chain);
  const missing = [...digests];
  for (const { name, salt, value } of row.disclosed) {
    const at = missing.indexOf(disclosureDigest(salt, name, value));
    if (at < 0) return fault('disclosure_differs', name);
    missing.splice(at, 1);
  }
  return { fault: null, missing };
}

/** In canonical bytes the digests stand first, so the rest need not be read to find them; null where they cannot be read. */
function digestsIn(text: string): readonly string[] | null {
  const start = '{"_sd":';
  if (!text.startsWith(start)) return [];
  try {
    return JSON.parse(text.slice(start.length, text.indexOf(']') + 1));
  } catch {
    return null;
  }
}

function whyDifferent(row: VerifyRow): EventCheck {
  const body = parse(row.raw);
  if (!body) return { fault: 'bytes_damaged', missing: [] };
  const digests = (body['_sd'] ?? []) as readonly string[];
  return { fault: 'row_differs', part: differing(body, bodyOfRow(row, digests)), missing: [] };
}

function parse(raw: Buffer): EventData | null {
  try {
    return JSON.parse(raw.toString('utf8'));
  } catch {
    return null;
  }
}

/** The bytes that the columns would give: what screens show must be what was hashed. */
function bodyOfRow(row: VerifyRow, digests: readonly string[]): EventData {
  return eventBody({
    id: row.id,
    companyId: row.company_id,
    dispatchId: row.dispatch_id,
    messageId: row.message_id,
    documentId: row.document_id,
    n: row.n,
    prev: row.prev,
    type: row.type,
    at: row.at,
    actor: row.actor,
    certainty: row.certainty,
    data: row.data,
    digests,
  });
}

function differing(body: EventData, expected: EventData): string {
  const names = new Set([...Object.keys(body), ...Object.keys(expected)]);
  const text = (value: EventValue | undefined): string => (value === undefined ? '' : canonicalJson(value));
  return [...names].find((name) => text(body[name]) !== text(expected[name])) ?? 'order';
}

/** Its chain is its dispatch's or company's; the first has no event before it, each other the one with the number before. */
function followsItsChain(row: VerifyRow): boolean {
  if (row.chain !== (row.dispatch_id ?? row.company_id)) return false;
  if (row.n === 1) return row.prev === null;
  if (!row.before || !row.prev?.equals(row.before.hash)) return false;
  const { log_index: index } = row.before;
  return index === null ? row.log_index === null : row.log_index === null || index < row.log_index;
}
