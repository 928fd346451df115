import ipaddr from 'ipaddr.js';
import { type Dns, valuesOf } from '#mail/dns';
import type { MailHost } from './expected-records.ts';

/** What a machine that delivers straight to others must have, because they look at it before they look at the mail. */
export type HostQuestion =
  /** It has a public name at all (`ENVOI_MAIL_HOST`). */
  | 'name'
  /** The addresses that mail leaves from were told (`ENVOI_PUBLIC_IPS`). */
  | 'addresses'
  /** The name leads to these addresses: reports come back there. */
  | 'forward'
  /** The address leads back to the name with which it greets (PTR): many servers refuse others (RFC 5321 §4.1.4). */
  | 'reverse'
  /** The SMTP servers have a certificate that somebody vouches for, for that name, and not about to end. */
  | 'certificate'
  /** The proxy before it is believed in what it says of visitors' addresses. */
  | 'proxies';

export interface HostFinding {
  readonly question: HostQuestion;
  /** The name or address that it is about. */
  readonly about: string;
  readonly expected: string;
  readonly found: readonly string[];
  readonly good: boolean;
}

/** Looks whether names and addresses of this machine agree with each other in the DNS. */
export async function checkHost(dns: Dns, { name, publicIps }: MailHost): Promise<HostFinding[]> {
  const findings: HostFinding[] = [
    {
      question: 'name',
      about: 'ENVOI_MAIL_HOST',
      expected: 'mail.example.com',
      found: [name],
      good: name.includes('.'),
    },
    {
      question: 'addresses',
      about: 'ENVOI_PUBLIC_IPS',
      expected: '192.0.2.10',
      found: publicIps,
      good: publicIps.length > 0,
    },
  ];
  if (!name.includes('.')) return findings;
  const answers = await Promise.all([dns.ask(name, 'A'), dns.ask(name, 'AAAA')]);
  const found = answers.flatMap((answer) => valuesOf(answer)).map(tidyIp);
  const leads = (ip: string): boolean => found.includes(tidyIp(ip));
  const good = publicIps.length > 0 && publicIps.every(leads);
  findings.push({ question: 'forward', about: name, expected: publicIps.join(', '), found, good });
  for (const ip of publicIps) {
    const names = valuesOf(await dns.ask(reverseName(ip), 'PTR')).map(tidyName);
    findings.push({
      question: 'reverse',
      about: ip,
      expected: name,
      found: names,
      // Forward-confirmed: large providers believe a reverse name only where it leads back to the address.
      good: names.includes(tidyName(name)) && leads(ip),
    });
  }
  return findings;
}

/** The name under which an address is looked up: RFC 1035 §3.5, RFC 3596 §2.5. */
export function reverseName(ip: string): string {
  const address = ipaddr.parse(ip);
  const bytes = address.toByteArray();
  if (address.kind() === 'ipv4') return `${bytes.reverse().join('.')}.in-addr.arpa`;
  const nibbles = bytes.flatMap((byte) => [byte >> 4, byte & 15]).map((nibble) => nibble.toString(16));
  return `${nibbles.reverse().join('.')}.ip6.arpa`;
}

function tidyName(name: string): string {
  return name.toLowerCase().replace(/\.$/, '');
}

function tidyIp(ip: string): string {
  return ipaddr.isValid(ip) ? ipaddr.parse(ip).toString() : ip;
}
