import { webcrypto } from 'node:crypto';
import { Integer, Utf8String } from 'asn1js';
import {
  AttributeTypeAndValue,
  Certificate,
  CryptoEngine,
  Extension,
  GeneralName,
  GeneralNames,
} from 'pkijs';
import { after, day } from '#base/time';

const algorithm = { name: 'ECDSA', namedCurve: 'P-256' } as const;
const lifetime = 20 * 365 * day; // nobody checks it: it hides mail from those who only listen (RFC 7435)

/** Makes a key and a certificate that vouches for itself, both PEM, for one host name. */
export async function makeSelfSigned(hostName: string, now: Date): Promise<{ key: string; cert: string }> {
  const engine = new CryptoEngine({ name: 'node', crypto: webcrypto as unknown as Crypto });
  const keys = (await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])) as CryptoKeyPair;
  const certificate = new Certificate({ version: 2 });
  const serial = webcrypto.getRandomValues(new Uint8Array(16));
  serial[0] = ((serial[0] ?? 0) & 0x3f) | 0x40; // positive, and never shorter than it is (RFC 5280 §4.1.2.2)
  certificate.serialNumber = new Integer({ valueHex: serial.buffer });
  const name = new AttributeTypeAndValue({ type: '2.5.4.3', value: new Utf8String({ value: hostName }) });
  certificate.subject.typesAndValues.push(name);
  certificate.issuer = certificate.subject;
  certificate.notBefore.value = after(now, -day);
  certificate.notAfter.value = after(now, lifetime);
  const names = new GeneralNames({ names: [new GeneralName({ type: 2, value: hostName })] });
  certificate.extensions = [new Extension({ extnID: '2.5.29.17', extnValue: names.toSchema().toBER() })];
  await certificate.subjectPublicKeyInfo.importKey(keys.publicKey, engine);
  await certificate.sign(keys.privateKey, 'SHA-256', engine);
  const key = await webcrypto.subtle.exportKey('pkcs8', keys.privateKey);
  return { key: pem('PRIVATE KEY', key), cert: pem('CERTIFICATE', certificate.toSchema(true).toBER()) };
}

function pem(label: string, bytes: ArrayBuffer): string {
  const lines =
    Buffer.from(bytes)
      .toString('base64')
      .match(/.{1,64}/g) ?? [];
  return `-----BEGIN ${label}-----\n${lines.join('\n')}\n-----END ${label}-----\n`;
}
