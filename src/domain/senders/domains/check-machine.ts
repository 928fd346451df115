import { X509Certificate } from 'node:crypto';
import { day } from '#base/time';
import type { Dns } from '#mail/dns';
import { checkHost, type HostFinding } from './check-host.ts';
import type { MailHost } from './expected-records.ts';

/** What an operator has told of the machine (`ENVOI_MAIL_HOST`, `_PUBLIC_IPS`, `_TLS_CERT`, `_TRUST_PROXY`, `PUBLIC_URL`). */
export interface Machine {
  readonly host: MailHost;
  /** The chain of the SMTP servers as PEM; `isOwn`: made here, so that nobody vouches for it; null: it cannot be read. */
  readonly certificate: { readonly pem: string; readonly isOwn: boolean } | null;
  readonly trustedProxies: readonly string[];
  readonly publicUrl: string;
}

/** A certificate is renewed a month before its end; two weeks before, nobody has. */
const warnBefore = 14 * day;

/** Looks at names, addresses and certificate of the machine, and at whom it believes, as others and its own pages need it. */
export async function checkMachine(dns: Dns, machine: Machine, now: Date): Promise<HostFinding[]> {
  return [
    ...(await checkHost(dns, machine.host)),
    certificateFinding(machine, now),
    ...proxiesFinding(machine),
  ];
}

function certificateFinding({ certificate, host }: Machine, now: Date): HostFinding {
  const finding = { question: 'certificate' as const, about: 'ENVOI_TLS_CERT', expected: host.name };
  const read = certificate ? readCertificate(certificate.pem) : null;
  if (!certificate || !read) return { ...finding, found: [], good: false };
  const isLong = Date.parse(read.validTo) - now.getTime() > warnBefore;
  const names = read.subjectAltName ?? read.subject.replaceAll('\n', ', ');
  return {
    ...finding,
    found: [names.slice(0, 400), new Date(read.validTo).toISOString().slice(0, 10)],
    good: !certificate.isOwn && isLong && read.checkHost(host.name) !== undefined,
  };
}

function readCertificate(pem: string): X509Certificate | null {
  try {
    return new X509Certificate(pem);
  } catch {
    return null;
  }
}

/** Envoi speaks no TLS to browsers: where staff come by https, a proxy stands before it, whose word on addresses is needed. */
function proxiesFinding({ publicUrl, trustedProxies }: Machine): HostFinding[] {
  const hasProxy = publicUrl.startsWith('https:');
  if (!hasProxy && trustedProxies.length === 0) return [];
  const finding = { question: 'proxies' as const, about: 'ENVOI_TRUST_PROXY', expected: '127.0.0.1' };
  return [{ ...finding, found: trustedProxies, good: trustedProxies.length > 0 }];
}
