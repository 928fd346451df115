import { equalInConstantTime, hmac } from '#base/crypto';
import { newId } from '#base/ids';
import { after, hour, minute } from '#base/time';
import type { Tx } from '#stores/database';
import { countCodes, insertCode, lockCode, updateCode } from './code-table.ts';
import type { ResponseTables } from './response-table.ts';

export type CodePurpose = 'decision' | 'documents';

/** Whose code it is: the mailbox that a message went to, in one browser. */
export interface CodeHolder {
  readonly companyId: string;
  readonly messageId: string;
  /** A digest of the browser session. */
  readonly session: string;
  readonly purpose: CodePurpose;
}

const digits = 8;
const lifetime = 10 * minute; // NIST SP 800-63B §3.1.3.2
const mostTries = 5;
const mostPerHour = 5;
/** As long as a MAC, and of no code: what is typed where none is kept is compared with it. */
const noMac = new Uint8Array(32);

/** Eight random digits; `below` gives a random integer from 0 up to its argument (`crypto.randomInt`). */
export function drawCode(below: (most: number) => number): string {
  return String(below(10 ** digits)).padStart(digits, '0');
}

/** Keeps a code as HMAC; false when this message has had too many within an hour. An older code of the same browser dies with it. */
export async function keepCode(
  tx: Tx<ResponseTables>,
  key: Uint8Array,
  holder: CodeHolder,
  code: string,
  now: Date,
): Promise<boolean> {
  const of = { company_id: holder.companyId, message_id: holder.messageId };
  if ((await countCodes(tx, of, after(now, -hour))) >= mostPerHour) return false;
  await insertCode(tx, {
    ...of,
    id: newId('code', now),
    purpose: holder.purpose,
    session: holder.session,
    mac: macOf(key, holder, code),
    tries: 0,
    expires_at: after(now, lifetime),
    used_at: null,
    created_at: now,
  });
  return true;
}

/** Takes a typed code, once. Wrong, used, expired and unknown ones are answered alike; the fifth wrong try spends the code. */
export async function takeCode(
  tx: Tx<ResponseTables>,
  key: Uint8Array,
  holder: CodeHolder,
  typed: string,
  now: Date,
): Promise<boolean> {
  const row = await lockCode(tx, columnsOf(holder));
  // Compared and written whatever is kept: how long an answer takes must not tell why a code was not taken.
  const isEqual = equalInConstantTime(macOf(key, holder, typed.replace(/\D/g, '')), row?.mac ?? noMac);
  const isOpen = row && !row.used_at && row.expires_at > now && row.tries < mostTries;
  const isTaken = isEqual && isOpen === true;
  const which = row ?? { company_id: holder.companyId, id: '' };
  await updateCode(tx, which, isTaken ? { used_at: now } : { tries: (row?.tries ?? 0) + 1 });
  return isTaken;
}

/** Whether this browser has proven the mailbox within the last half an hour. */
export async function hasProven(tx: Tx<ResponseTables>, holder: CodeHolder, now: Date): Promise<boolean> {
  const row = await lockCode(tx, columnsOf(holder));
  return row?.used_at != null && row.used_at > after(now, -30 * minute);
}

function columnsOf({ companyId, messageId, purpose, session }: CodeHolder) {
  return { company_id: companyId, message_id: messageId, purpose, session };
}

function macOf(key: Uint8Array, { messageId, purpose, session }: CodeHolder, code: string): Buffer {
  return Buffer.from(hmac(key, 'mailed code', messageId, purpose, session, code));
}
