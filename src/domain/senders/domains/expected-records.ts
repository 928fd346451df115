import { isIPv6 } from 'node:net';
import { type DomainKey, type ExpectedRecord, returnDomain } from './domain.ts';

/** What the operator has told about the machine that mail leaves from; records are printed from it. */
export interface MailHost {
  /** Name that it greets with, and that takes the reports. */
  readonly name: string;
  /** Addresses that mail leaves from; empty when they were not told. */
  readonly publicIps: readonly string[];
}

/** The records that must be there for a domain to send, in the order in which people set them. */
export function requiredRecords(
  domain: string,
  keys: readonly DomainKey[],
  host: MailHost,
): ExpectedRecord[] {
  const back = returnDomain(domain);
  return [
    ...keys
      .filter((key) => key.state === 'signing' || key.state === 'spare')
      .map((key) => keyRecord(domain, key)),
    { purpose: 'return_path_mx', type: 'MX', name: back, expected: `10 ${host.name}`, required: true },
    { purpose: 'return_path_spf', type: 'TXT', name: back, expected: spfFor(host), required: true },
  ];
}

/** Where the public half of a key is published. */
export function keyName(domain: string, selector: string): string {
  return `${selector}._domainkey.${domain}`;
}

function keyRecord(domain: string, key: DomainKey): ExpectedRecord {
  const isExtra = key.algorithm === 'ed25519-sha256';
  const purpose = isExtra ? 'dkim_ed25519' : key.state === 'spare' ? 'dkim_spare' : 'dkim';
  return {
    purpose,
    type: 'TXT',
    name: keyName(domain, key.selector),
    expected: key.record,
    required: !isExtra,
  };
}

/** Names the addresses; where the operator has told none, those of the host. */
function spfFor({ name, publicIps }: MailHost): string {
  const who =
    publicIps.length > 0 ? publicIps.map((ip) => `${isIPv6(ip) ? 'ip6' : 'ip4'}:${ip}`) : [`a:${name}`];
  return ['v=spf1', ...who, '-all'].join(' ');
}
