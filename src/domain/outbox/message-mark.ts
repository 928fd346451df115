import { hmac } from '#base/crypto';
import { makeReturnPath, readReturnPath } from './return-path.ts';

/** The header by which a returned mail names its message, where a server rewrote return path and Message-ID (RFC 6648: no `X-`). */
export const markHeader = 'Envoi-Id';

/** The value of that header: the message and a proof that we sent it. */
export function makeMessageMark(returnKey: Uint8Array, messageId: string): string {
  return makeReturnPath(returnKey, messageId, 'mark').replace(/@.*$/, '');
}

/** The message that a mark names, or null for any other text. */
export function readMessageMark(returnKey: Uint8Array, value: string): string | null {
  return readReturnPath(returnKey, `${value.trim()}@mark`)?.messageId ?? null;
}

/**
 * The address under which answers to one message are taken and passed on: `r<id><mark>@<domain>`. Its mark is another one than
 * that of the return path, so that neither can be made from the other.
 */
export function makeReplyAddress(returnKey: Uint8Array, messageId: string, domain: string): string {
  return makeReturnPath(replyKey(returnKey), messageId, domain).replace(/^b/, 'r');
}

/** The message that a reply address was made for, or null for every other address. */
export function readReplyAddress(returnKey: Uint8Array, address: string): string | null {
  if (!/^r/i.test(address)) return null;
  return readReturnPath(replyKey(returnKey), `b${address.slice(1)}`)?.messageId ?? null;
}

function replyKey(returnKey: Uint8Array): Uint8Array {
  return hmac(returnKey, 'replies');
}

/** The return path of a mail of our own that is no message: `h<id><mark>@<domain>`, with a mark of its own kind. */
export function makeHousePath(returnKey: Uint8Array, houseMailId: string, domain: string): string {
  const id = houseMailId.replace(/^[a-z]+_/, 'msg_');
  return makeReturnPath(houseKey(returnKey), id, domain).replace(/^b/, 'h');
}

/** The house mail that a return path was made for, or null for every other address. */
export function readHousePath(returnKey: Uint8Array, address: string): string | null {
  if (!/^h/i.test(address)) return null;
  const read = readReturnPath(houseKey(returnKey), `b${address.slice(1)}`);
  return read ? read.messageId.replace(/^msg_/, 'hml_') : null;
}

/** The mark of an answer to a message that we have passed on. */
export function makeHouseMark(returnKey: Uint8Array, messageId: string): string {
  return makeMessageMark(houseKey(returnKey), messageId);
}

/** The message of such a mark, or null for any other text. */
export function readHouseMark(returnKey: Uint8Array, value: string): string | null {
  return readMessageMark(houseKey(returnKey), value);
}

function houseKey(returnKey: Uint8Array): Uint8Array {
  return hmac(returnKey, 'house mails');
}

/**
 * The address that a self-test of a sender is sent to, and its envelope sender where return paths are ours: `t<id><mark>@<domain>`,
 * as long and as hard to guess as that of a message.
 */
export function makeTestPath(returnKey: Uint8Array, testId: string, domain: string): string {
  return `${makeTestMark(returnKey, testId)}@${domain}`;
}

/** What stands in our own header of such a mail. */
export function makeTestMark(returnKey: Uint8Array, testId: string): string {
  const id = testId.replace(/^[a-z]+_/, 'msg_');
  return makeReturnPath(testKey(returnKey), id, 'mark').replace(/^b/, 't').replace(/@.*$/, '');
}

/** The self-test that an address was made for, or null for every other one. */
export function readTestPath(returnKey: Uint8Array, address: string): string | null {
  if (!/^t/i.test(address)) return null;
  const read = readReturnPath(testKey(returnKey), `b${address.slice(1)}`);
  return read ? read.messageId.replace(/^msg_/, 'tst_') : null;
}

function testKey(returnKey: Uint8Array): Uint8Array {
  return hmac(returnKey, 'self-tests');
}
