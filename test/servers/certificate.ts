import { webcrypto } from 'node:crypto';
import { Integer, OctetString, PrintableString } from 'asn1js';
import {
  AttributeTypeAndValue,
  BasicConstraints,
  Certificate,
  CryptoEngine,
  Extension,
  GeneralName,
  GeneralNames,
} from 'pkijs';

export interface TestCertificate {
  readonly key: string;
  readonly cert: string;
}

interface Wish {
  /** DNS names or IPv4 addresses; the first is also the common name. */
  readonly names: readonly string[];
  readonly expired?: boolean;
}

export interface TestAuthority {
  /** What a client must trust (PEM). */
  readonly ca: string;
  issue(wish: Wish): Promise<TestCertificate>;
}

const engine = new CryptoEngine({ name: 'node', crypto: webcrypto as unknown as Crypto });
const algorithm = { name: 'ECDSA', namedCurve: 'P-256' } as const;

/** Makes a certificate authority for tests; it lives as long as the process. */
export async function makeAuthority(): Promise<TestAuthority> {
  const keys = await makeKeys();
  const authority = await makeCertificate('Test Authority', keys.publicKey);
  authority.extensions = [constraints(true)];
  await authority.sign(keys.privateKey, 'SHA-256', engine);
  return {
    ca: pem('CERTIFICATE', authority.toSchema(true).toBER()),
    issue: async (wish) => {
      const own = await makeKeys();
      const certificate = await makeCertificate(wish.names[0] ?? 'nobody', own.publicKey, wish.expired);
      certificate.issuer = authority.subject;
      certificate.extensions = [constraints(false), alternatives(wish.names)];
      await certificate.sign(keys.privateKey, 'SHA-256', engine);
      return bundle(certificate, own.privateKey);
    },
  };
}

/** A certificate that vouches for itself. */
export async function makeSelfSigned(wish: Wish): Promise<TestCertificate> {
  const keys = await makeKeys();
  const certificate = await makeCertificate(wish.names[0] ?? 'nobody', keys.publicKey, wish.expired);
  certificate.extensions = [constraints(false), alternatives(wish.names)];
  await certificate.sign(keys.privateKey, 'SHA-256', engine);
  return bundle(certificate, keys.privateKey);
}

async function makeKeys(): Promise<CryptoKeyPair> {
  return (await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])) as CryptoKeyPair;
}

async function makeCertificate(name: string, publicKey: CryptoKey, isExpired = false): Promise<Certificate> {
  const certificate = new Certificate({ version: 2 });
  const serial = webcrypto.getRandomValues(new Uint8Array(8));
  serial[0] = ((serial[0] ?? 0) & 0x3f) | 0x40;
  certificate.serialNumber = new Integer({ valueHex: serial.buffer });
  const commonName = new AttributeTypeAndValue({
    type: '2.5.4.3',
    value: new PrintableString({ value: name }),
  });
  certificate.subject.typesAndValues.push(commonName);
  certificate.issuer = certificate.subject;
  const day = 86_400_000;
  certificate.notBefore.value = new Date(Date.now() - 20 * day);
  certificate.notAfter.value = new Date(Date.now() + (isExpired ? -2 : 20) * day);
  await certificate.subjectPublicKeyInfo.importKey(publicKey, engine);
  return certificate;
}

function constraints(isAuthority: boolean): Extension {
  const value = new BasicConstraints({ cA: isAuthority });
  return new Extension({ extnID: '2.5.29.19', critical: true, extnValue: value.toSchema().toBER() });
}

function alternatives(names: readonly string[]): Extension {
  const all = names.map((name) =>
    /^[\d.]+$/.test(name)
      ? new GeneralName({
          type: 7,
          value: new OctetString({ valueHex: Uint8Array.from(name.split('.').map(Number)) }),
        })
      : new GeneralName({ type: 2, value: name }),
  );
  const value = new GeneralNames({ names: all });
  return new Extension({ extnID: '2.5.29.17', extnValue: value.toSchema().toBER() });
}

async function bundle(certificate: Certificate, privateKey: CryptoKey): Promise<TestCertificate> {
  const key = await webcrypto.subtle.exportKey('pkcs8', privateKey);
  return { key: pem('PRIVATE KEY', key), cert: pem('CERTIFICATE', certificate.toSchema(true).toBER()) };
}

function pem(label: string, bytes: ArrayBuffer): string {
  const lines =
    Buffer.from(bytes)
      .toString('base64')
      .match(/.{1,64}/g) ?? [];
  return `-----BEGIN ${label}-----\n${lines.join('\n')}\n-----END ${label}-----\n`;
}
