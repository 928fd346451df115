import { equalInConstantTime, hmac } from '#base/crypto';
import { isId } from '#base/ids';
import { domainOf } from '#mail/address';

/** The key of the marks in return paths, from the installation's 32-byte key. */
export function deriveReturnKey(installationKey: Uint8Array): Uint8Array {
  return hmac(installationKey, 'return paths');
}

/**
 * The envelope sender of one message, `b<id><mark>@<domain>`: a report that comes back to it names its message whatever the
 * other server leaves out (VERP). The mark (50 bits) keeps strangers from reporting on messages that they guess. 37 octets
 * before the @, all in lower case: RFC 5321 §4.5.3.1.1 allows 64, and some servers change the case.
 */
export function makeReturnPath(returnKey: Uint8Array, messageId: string, domain: string): string {
  if (!isId('message', messageId)) throw new TypeError('not the id of a message');
  const id = messageId.slice(messageId.indexOf('_') + 1).toLowerCase();
  return `b${id}${markOf(returnKey, id)}@${domain}`;
}

/**
 * The message that a return path was made for, or null for every other address; `domain` is the one that stands in it.
 * Whether that domain is one of ours, and the message still there, is for the caller to know.
 */
export function readReturnPath(
  returnKey: Uint8Array,
  address: string,
): { readonly messageId: string; readonly domain: string } | null {
  const [, id, mark] = form.exec(address.toLowerCase()) ?? [];
  if (!id || !mark || !equalInConstantTime(Buffer.from(mark), Buffer.from(markOf(returnKey, id))))
    return null;
  const messageId = `msg_${id.toUpperCase()}`;
  return isId('message', messageId) ? { messageId, domain: domainOf(address) } : null;
}

/** The letters of ULIDs: no i, l, o, u (Crockford's base 32). */
const letters = '0123456789abcdefghjkmnpqrstvwxyz';
const form = new RegExp(`^b([${letters}]{26})([${letters}]{10})@[^@\\s]{1,255}$`);

/** Ten letters of five bits each. */
function markOf(returnKey: Uint8Array, id: string): string {
  const bits = hmac(returnKey, id).readBigUInt64BE();
  return Array.from({ length: 10 }, (_, place) => letters[Number((bits >> BigInt(5 * place)) & 31n)]).join(
    '',
  );
}
