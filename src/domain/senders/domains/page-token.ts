import { equalInConstantTime, hmac } from '#base/crypto';
import { isId } from '#base/ids';

const markLength = 22; // 132 bits

/** The name of a domain's page for its administrator: whoever was given it may look at the records, and do nothing else. */
export function domainPageToken(key: Uint8Array, domainId: string): string {
  return `${domainId}.${markOf(key, domainId)}`;
}

/** The id of the domain whose page this is, or null. */
export function readDomainPageToken(key: Uint8Array, token: string): string | null {
  const [id = '', mark = ''] = token.split('.', 2);
  if (!isId('domain', id)) return null;
  return equalInConstantTime(Buffer.from(mark), Buffer.from(markOf(key, id))) ? id : null;
}

function markOf(key: Uint8Array, domainId: string): string {
  return hmac(key, 'domain page', domainId).toString('base64url').slice(0, markLength);
}
