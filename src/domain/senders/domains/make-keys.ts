import { createPrivateKey, generateKeyPair, type KeyObject } from 'node:crypto';
import { promisify } from 'node:util';
import { openSecret, sealSecret } from '#base/crypto';
import { newId } from '#base/ids';
import { type DkimAlgorithm, dkimRecord } from '#mail/dkim';
import type { KeyState } from './domain.ts';
import type { DomainKeyRow } from './domain-table.ts';

const generate = promisify(generateKeyPair);
const rsaBits = 2048; // RFC 8301 §3.2: what every receiver verifies and every DNS server takes

export interface NewKey {
  readonly domain: { readonly id: string; readonly companyId: string; readonly mark: string };
  readonly number: number;
  readonly algorithm: DkimAlgorithm;
  readonly state: KeyState;
}

/** Makes a key with its selector and record; the private half is sealed under the installation's key for this row only. */
export async function makeDomainKey(sealKey: Uint8Array, key: NewKey, now: Date): Promise<DomainKeyRow> {
  const { domain, number, algorithm, state } = key;
  const privateKey = await makePrivateKey(algorithm);
  const id = newId('domainKey', now);
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  return {
    id,
    company_id: domain.companyId,
    domain_id: domain.id,
    number,
    selector: `envoi${number}-${domain.mark}`,
    algorithm,
    secret: sealSecret(sealKey, keyPurpose(id), pem),
    record: dkimRecord(privateKey),
    state,
    created_at: now,
    signing_since: state === 'signing' ? now : null,
    retired_at: null,
  };
}

/** Opens the private half; throws when it was sealed under another key. */
export function openDomainKey(sealKey: Uint8Array, row: Pick<DomainKeyRow, 'id' | 'secret'>): KeyObject {
  return createPrivateKey(openSecret(sealKey, keyPurpose(row.id), row.secret));
}

async function makePrivateKey(algorithm: DkimAlgorithm): Promise<KeyObject> {
  const pair =
    algorithm === 'rsa-sha256'
      ? await generate('rsa', { modulusLength: rsaBits })
      : await generate('ed25519');
  return pair.privateKey;
}

function keyPurpose(id: string): string {
  return `domain key:${id}`;
}
