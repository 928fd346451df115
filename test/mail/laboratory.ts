import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { dkimVerify } from 'mailauth/lib/dkim/verify.js';
import { addDomain, checkDomain, createSender, type SendingDomain, setDefaultSender } from '#domain/senders';
import { inCompany } from '#stores/database';
import type { TestInstallation } from '../installation.ts';
import type { TestDns } from '../servers/index.ts';

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

/** Asks mailauth about the signatures of a mail, with the TXT records of a name server. */
export async function signaturesOf(
  bytes: Buffer,
  dns: TestDns,
): Promise<{ result: string; domain: string }[]> {
  const resolver = async (name: string, type: string): Promise<string[][]> =>
    dns.values(name, type).map((text) => [text]);
  const { results } = await dkimVerify(bytes, { resolver });
  return results.map((one: { status: { result: string }; signingDomain: string }) => ({
    result: one.status.result,
    domain: one.signingDomain,
  }));
}

export function headerOf(bytes: Buffer, name: string): string | undefined {
  const head = bytes.toString('latin1', 0, bytes.indexOf('\r\n\r\n')).replace(/\r\n[ \t]+/g, ' ');
  return new RegExp(`^${name}: (.*)$`, 'im').exec(head)?.[1];
}

/** Where OpenDKIM is on this machine; undefined where it is not installed. */
export function findOpenDkim(): string | undefined {
  return ['/usr/sbin/opendkim', '/usr/bin/opendkim'].find((path) => existsSync(path));
}

/** What OpenDKIM says of a mail, with the keys of a domain as its DNS. */
export async function openDkimSays(domain: SendingDomain, bytes: Buffer): Promise<string> {
  const program = findOpenDkim();
  if (!program) throw new Error('OpenDKIM is not installed.');
  const folder = await mkdtemp(join(tmpdir(), 'envoi-dkim-'));
  const [keys, conf, mail] = ['keys', 'conf', 'mail.eml'].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ];
  const dkim = domain.records.filter(({ purpose }) => purpose === 'dkim');
  await writeFile(keys, dkim.map((one) => `${one.name} ${one.expected}\n`).join(''));
  await writeFile(conf, `Mode v\nTestPublicKeys ${keys}\n`);
  await writeFile(mail, bytes);
  const said = await promisify(execFile)(program, ['-x', conf, '-t', mail, '-v', '-v']).catch(
    (error: { stdout: string; stderr: string }) => error,
  );
  await rm(folder, { recursive: true, force: true });
  return `${said.stdout}${said.stderr}`;
}
