import { Resolver } from 'node:dns/promises';
import { type SmtpGuess, smtpGuess } from '#domain/senders';
import { domainOf } from '#mail/address';

/**
 * Proposes a server for an address. Asks the DNS who takes the mail of its domain, which tells the provider of an own
 * domain; after 3 seconds it goes without. Null for what is no address.
 */
export async function guessServer(address: string, dnsServers: readonly string[]): Promise<SmtpGuess | null> {
  const domain = domainOf(address);
  if (!/^[\w.-]{1,253}$/.test(domain)) return null;
  const known = smtpGuess(address)[0];
  if (known?.provider) return known;
  const resolver = new Resolver({ timeout: 1500, tries: 2 });
  if (dnsServers.length > 0) resolver.setServers(dnsServers);
  const records = await resolver.resolveMx(domain).catch(() => []);
  const exchangers = records.toSorted((a, b) => a.priority - b.priority).map((record) => record.exchange);
  return smtpGuess(address, exchangers)[0] ?? null;
}
