import { createPublicKey, type KeyObject } from 'node:crypto';

/** The TXT record for `<selector>._domainkey.<domain>` of a private key: RFC 6376 §3.6.1, RFC 8463 §4. */
export function dkimRecord(privateKey: KeyObject): string {
  const key = createPublicKey(privateKey);
  const spki = key.export({ type: 'spki', format: 'der' });
  if (key.asymmetricKeyType === 'rsa') return `v=DKIM1; k=rsa; p=${spki.toString('base64')}`;
  if (key.asymmetricKeyType !== 'ed25519') throw new TypeError('not a key for DKIM');
  // The bare key of 32 octets is the end of its SPKI form (RFC 8410 §4).
  return `v=DKIM1; k=ed25519; p=${spki.subarray(-32).toString('base64')}`;
}
