import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { promisify } from 'node:util';
import { authenticate } from 'mailauth';
import type { TestDns } from '../servers/index.ts';
import { skipLoudly } from '../skip.ts';

interface Arrived {
  /** The return path. */
  readonly from: string;
  readonly bytes: Buffer;
}

/**
 * Asserts that every mail from a domain among those that arrived is genuine: each signature holds for mailauth and for OpenDKIM, the return
 * path passes SPF (for `ip`, usually this machine), and both are aligned with the From address, so that DMARC passes. A test in which none arrived from there fails.
 */
export async function assertGenuine(
  t: TestContext,
  arrived: readonly Arrived[],
  from: { readonly domain: string; readonly dns: TestDns; readonly ip?: string },
): Promise<void> {
  const own = arrived.filter(({ bytes }) => headerOf(bytes, 'From')?.includes(`@${from.domain}`));
  assert.ok(own.length > 0, `no mail from ${from.domain} arrived`);
  for (const mail of own) await mailauthAgrees(mail, from);
  if (!findOpenDkim()) return skipLoudly(t, 'opendkim');
  for (const mail of own) assert.match(await openDkimSays(from.dns, mail.bytes), genuine);
}

async function mailauthAgrees(
  mail: Arrived,
  { domain, dns, ip = '127.0.0.1' }: Parameters<typeof assertGenuine>[2],
): Promise<void> {
  const { dkim, spf, dmarc } = await authenticate(mail.bytes, {
    sender: mail.from,
    ip,
    helo: 'mail.envoi.example',
    mta: 'mx.customer.example',
    resolver: resolverOf(dns) as never,
  });
  assert.ok(dkim.results.length > 0 && spf && dmarc);
  for (const { status, signingDomain } of dkim.results)
    assert.deepEqual([status.result, signingDomain], ['pass', domain], status.comment);
  assert.equal(spf.status.result, 'pass', 'SPF of the return path');
  assert.equal(mail.from.split('@')[1], `bounce.${domain}`);
  assert.equal(dmarc.status.result, 'pass');
  assert.equal(dmarc.alignment.dkim.result, domain, 'strictly aligned');
}

/** What OpenDKIM says of a genuine mail. */
export const genuine = /dkim=pass|verification \(s=.*\) succeeded/;

/** Where OpenDKIM is on this machine; undefined where it is not installed. */
export function findOpenDkim(): string | undefined {
  return ['/usr/sbin/opendkim', '/usr/bin/opendkim'].find((path) => existsSync(path));
}

/** What OpenDKIM says of a mail, with the keys that its signatures name as a name server has them. */
export async function openDkimSays(dns: TestDns, bytes: Buffer): Promise<string> {
  const program = findOpenDkim();
  if (!program) throw new Error('OpenDKIM is not installed.');
  const folder = await mkdtemp(join(tmpdir(), 'envoi-dkim-'));
  const place = (name: string): string => join(folder, name);
  await writeFile(place('keys'), keysOf(dns, bytes));
  await writeFile(place('conf'), `Mode v\nTestPublicKeys ${place('keys')}\n`);
  await writeFile(place('mail.eml'), bytes);
  const said = await promisify(execFile)(program, [
    ...['-x', place('conf'), '-t', place('mail.eml')],
    ...['-v', '-v'],
  ]).catch((error: { stdout: string; stderr: string }) => error);
  await rm(folder, { recursive: true, force: true });
  return `${said.stdout}${said.stderr}`;
}

function keysOf(dns: TestDns, bytes: Buffer): string {
  const signatures = headOf(bytes).matchAll(/^DKIM-Signature: (.*)$/gim);
  return [...signatures]
    .map(([, tags = '']) => {
      const tag = (name: string): string => new RegExp(`\\b${name}=([^;\\s]+)`).exec(tags)?.[1] ?? '';
      const name = `${tag('s')}._domainkey.${tag('d')}`;
      return `${name} ${dns.values(name, 'TXT').join('')}\n`;
    })
    .join('');
}

/** Answers as mailauth asks, by the records of a name server. */
function resolverOf(dns: TestDns) {
  return async (name: string, type: string): Promise<unknown[]> => {
    const values = dns.values(name, type);
    if (values.length === 0) throw Object.assign(new Error('no such record'), { code: 'ENODATA' });
    if (type === 'TXT') return values.map((text) => [text]);
    if (type !== 'MX') return values;
    return values.map((text) => {
      const [priority, exchange] = text.split(' ');
      return { priority: Number(priority), exchange };
    });
  };
}

/** A header of a mail, unfolded. */
export function headerOf(bytes: Buffer, name: string): string | undefined {
  return new RegExp(`^${name}: (.*)$`, 'im').exec(headOf(bytes))?.[1];
}

function headOf(bytes: Buffer): string {
  return bytes.toString('latin1', 0, bytes.indexOf('\r\n\r\n')).replace(/\r\n[ \t]+/g, ' ');
}
