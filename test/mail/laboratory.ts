import { addDomain, checkDomain, createSender, type SendingDomain, setDefaultSender } from '#domain/senders';
import { inCompany } from '#stores/database';
import type { TestInstallation } from '../installation.ts';
import type { TestDns } from '../servers/index.ts';

/** Settings of an installation that sends straight to the recipients' server, which `dns` names and which listens at that port. */
export function sendsDirectly({ port }: { readonly port: number }, dns: TestDns): Record<string, string> {
  return {
    ENVOI_SMTP_URL: 'direct:',
    ENVOI_MX_PORT: String(port),
    ENVOI_DNS_SERVERS: dns.address,
    ENVOI_PLATFORM_DOMAIN: 'envoi.example',
    ENVOI_MAIL_HOST: 'mail.envoi.example',
    ENVOI_PUBLIC_IPS: '127.0.0.1',
  };
}

/** Writes the records that a domain expects into a name server. */
export function publish(dns: TestDns, domain: SendingDomain): void {
  for (const { name, type, expected } of domain.records) dns.set(name, type, expected);
}

/** Adds a domain to the installation's company, publishes its records, and makes an address at it the default sender. */
export async function ownDomain(
  installation: TestInstallation,
  dns: TestDns,
  name: string,
  more: { readonly ed25519?: boolean } = {},
) {
  const { database, companyId, senders, clock } = installation;
  const added = await inCompany(database, companyId, (tx) =>
    addDomain(tx, senders, { companyId, name, ...more }, 'user', clock()),
  );
  if (!added.ok) throw new Error(added.reason);
  publish(dns, added.domain);
  const checked = await checkDomain(senders, { companyId, domainId: added.domain.id, actor: 'user' });
  if (!checked.ok) throw new Error(checked.reason);
  const address = `invoices@${name}`;
  const made = await inCompany(database, companyId, (tx) =>
    createSender(tx, senders, { companyId, method: 'domain', address }, 'user', clock()),
  );
  if (!made.ok) throw new Error(made.reason);
  const ref = { companyId, senderId: made.sender.id };
  const set = await inCompany(database, companyId, (tx) => setDefaultSender(tx, ref, 'user', clock()));
  if (!set.ok) throw new Error(set.reason);
  return { domain: checked.domain, sender: set.sender };
}
