import { randomInt } from 'node:crypto';
import { equalInConstantTime, hmac, randomToken, sha256 } from '#base/crypto';
import { after, hour, minute } from '#base/time';
import type { EvidenceTables } from '#domain/evidence';
import { record } from '#domain/evidence';
import type { Tx } from '#stores/database';
import {
  countTry,
  deleteCode,
  insertSession,
  lockCode,
  replaceCode,
  selectSessionChannel,
} from './code-table.ts';
import { type CodeChannel, codeLevel } from './delivery.ts';
import type { RegisteredTables } from './delivery-table.ts';

const digits = 8;
const codeLifeMs = 10 * minute;
const mostTries = 5;
/** How long a browser that has shown the code may look at the content. */
const sessionLifeMs = hour;

/** Stands for the code of a browser that asked for none: the HMAC of no code. */
const neverRight = Buffer.alloc(32);

export const codeForm = /^\d{8}$/;

/** What a code belongs to: the message, and the browser that asked for it. */
export interface CodeFor {
  readonly messageId: string;
  readonly companyId: string;
  /** The value of the browser's cookie. */
  readonly session: string;
}

/** Makes a code for this message and browser, good for ten minutes, in place of an earlier one. Kept as an HMAC; returned once, to be sent by the channel. */
export async function makeCode(
  tx: Tx<RegisteredTables>,
  key: Uint8Array,
  of: CodeFor & { readonly channel: CodeChannel },
  now: Date,
): Promise<string> {
  const code = String(randomInt(10 ** digits)).padStart(digits, '0');
  await replaceCode(tx, {
    message_id: of.messageId,
    company_id: of.companyId,
    session_hash: sha256(of.session),
    code_mac: macOf(key, of, code),
    channel: of.channel,
    tries: 0,
    expires_at: after(now, codeLifeMs),
  });
  return code;
}

/**
 * Tells whether the code is the one that was sent for this message and browser, in time and within five tries; then the browser gets
 * a new session (nobody who knew the old one comes along) and the code is used up. Null otherwise, whatever the reason.
 */
export async function checkCode(
  tx: Tx<RegisteredTables & EvidenceTables>,
  key: Uint8Array,
  of: CodeFor & {
    readonly dispatchId: string;
    readonly code: string;
    /** The message of the delivery, where the link is a delegate's. */
    readonly aboutId?: string;
  },
  now: Date,
): Promise<string | null> {
  const { messageId, companyId, dispatchId } = of;
  const sessionHash = sha256(of.session);
  const known = await lockCode(tx, messageId, sessionHash);
  const isRight = equalInConstantTime(known?.code_mac ?? neverRight, macOf(key, of, of.code));
  if (!known || !isRight || known.expires_at <= now || known.tries >= mostTries) {
    // Whatever is wrong with it takes the same steps: a code of another, one that is over, and none at all too.
    await countTry(tx, messageId, sessionHash);
    return null;
  }
  await deleteCode(tx, messageId, sessionHash);
  const session = randomToken();
  const until = after(now, sessionLifeMs);
  await insertSession(tx, {
    message_id: messageId,
    company_id: companyId,
    session_hash: sha256(session),
    channel: known.channel,
    until,
  });
  const about = of.aboutId ?? messageId;
  const { channel } = known;
  const shown = { channel, level: codeLevel(channel), tries: known.tries + 1 };
  const data = about === messageId ? shown : { ...shown, delegate: messageId };
  await record(tx, [
    { type: 'code.verified', companyId, dispatchId, messageId: about, at: now, actor: 'person', data },
  ]);
  return session;
}

/** By which channel the code came that this browser has shown for this message; null when it has shown none, or its hour is over. */
export function verifiedBy(
  tx: Tx<RegisteredTables>,
  messageId: string,
  session: string,
  now: Date,
): Promise<CodeChannel | null> {
  return selectSessionChannel(tx, messageId, sha256(session), now);
}

function macOf(key: Uint8Array, { messageId, session }: CodeFor, code: string): Buffer {
  return hmac(key, 'registered code 1', messageId, session, code);
}
