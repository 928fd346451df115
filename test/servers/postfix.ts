import { type ChildProcess, execFile, execFileSync, spawn } from 'node:child_process';
import { chmod, chown, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { freePort } from '../free-port.ts';
import type { TestCertificate } from './certificate.ts';
import {
  headerChecks,
  mainCf,
  masterCf,
  type PostfixPlace,
  type Rewrites,
  saslConf,
} from './postfix-config.ts';

export interface PostfixOptions {
  readonly tls: TestCertificate;
  /** Given, a mail is only taken after AUTH (over TLS); CRAM-MD5, PLAIN and LOGIN are offered. */
  readonly users?: Readonly<Record<string, string>>;
  readonly maxSize?: number;
  /** Domains whose mail is taken and comes back, and what is said of it: `5.1.1 User unknown`; with `4.…` it is tried again. */
  readonly returns?: Readonly<Record<string, string>>;
  /** Domains whose mail is passed on, and to which port of this machine. */
  readonly relays?: Readonly<Record<string, number>>;
  readonly rewrites?: Rewrites;
}

export interface StoredMail {
  readonly from: string;
  readonly to: string;
  /** The message as it was sent, CRLF line ends; what Postfix put on top of it is in `added`. */
  readonly bytes: Buffer;
  readonly added: string;
}

export interface Postfix {
  readonly port: number;
  /** The Maildir of the one mailbox, and whose it is. */
  readonly maildir: { readonly path: string; readonly uid: number; readonly gid: number };
  readonly realm: string;
  /** Waits until so many mails are in the mailbox (at most 30 s) and reads them all. */
  mails(count: number): Promise<readonly StoredMail[]>;
  log(): Promise<string>;
  close(): Promise<void>;
}

const run = promisify(execFile);
const realm = 'postfix.test';

/**
 * Starts a real Postfix on a free port of 127.0.0.1, with its configuration, queue and mailbox in a temporary
 * folder. Returns null, and says why on standard error, where Postfix is absent or cannot be run (not root).
 */
export async function startPostfix(options: PostfixOptions): Promise<Postfix | null> {
  const obstacle = await findObstacle(options);
  if (obstacle) {
    process.stderr.write(`\n*** SKIPPED: no real Postfix in these tests: ${obstacle} ***\n\n`);
    return null;
  }
  const place = await makePlace(options);
  const master = spawn('postfix', ['-c', `${place.root}/etc`, 'start-fg'], { stdio: 'ignore' });
  const killLate = (): void => void master.kill('SIGTERM');
  process.once('exit', killLate);
  const close = async (): Promise<void> => {
    process.off('exit', killLate);
    await stop(master, place);
    await rm(place.root, { recursive: true, force: true, maxRetries: 5 });
  };
  const log = (): Promise<string> => readFile(`${place.root}/log/mail.log`, 'utf8').catch(() => '');
  if (!(await isListening(place.port, master))) {
    const said = await log();
    await close();
    throw new Error(`Postfix did not start: ${said}`);
  }
  const { port, uid, gid } = place;
  const maildir = { path: `${place.root}/mail/inbox`, uid, gid };
  return { port, maildir, realm, mails: (count) => readMails(place, count), log, close };
}

async function findObstacle(options: PostfixOptions): Promise<string | null> {
  if (process.getuid?.() !== 0) return 'it can only be started by root';
  const commands = options.users ? ['postfix', 'postconf', 'saslpasswd2'] : ['postfix', 'postconf'];
  for (const command of commands) {
    const found = await run('sh', ['-c', `command -v ${command}`]).catch(() => null);
    if (!found) return `"${command}" is not installed`;
  }
  return (await run('id', ['-u', 'postfix']).catch(() => null)) ? null : 'there is no user "postfix"';
}

async function makePlace(options: PostfixOptions): Promise<PostfixPlace> {
  const root = await mkdtemp(join(tmpdir(), 'envoi-postfix-'));
  const id = async (flag: string): Promise<number> => Number((await run('id', [flag, 'postfix'])).stdout);
  const place: PostfixPlace = {
    root,
    realm,
    port: await freePort(),
    daemons: (await run('postconf', ['-d', '-h', 'daemon_directory'])).stdout.trim(),
    needsAuth: options.users !== undefined,
    maxSize: options.maxSize ?? 50_000_000,
    returns: options.returns ?? {},
    relays: options.relays ?? {},
    rewrites: options.rewrites ?? {},
    uid: await id('-u'),
    gid: await id('-g'),
  };
  await chmod(root, 0o755);
  for (const folder of ['etc', 'etc/sasl', 'queue', 'data', 'mail', 'tls', 'log'])
    await mkdir(join(root, folder));
  for (const folder of ['data', 'mail']) await chown(join(root, folder), place.uid, place.gid);
  await writeFile(`${root}/etc/main.cf`, mainCf(place));
  await writeFile(`${root}/etc/master.cf`, masterCf(place));
  await writeFile(`${root}/etc/header_checks`, headerChecks(place));
  await writeFile(`${root}/tls/cert.pem`, options.tls.cert);
  await writeFile(`${root}/tls/key.pem`, options.tls.key, { mode: 0o600 });
  await writeFile(`${root}/etc/sasl/smtpd.conf`, saslConf(place));
  for (const [user, secret] of Object.entries(options.users ?? {})) {
    const database = `${root}/etc/sasl/sasldb2`;
    execFileSync('saslpasswd2', ['-p', '-c', '-f', database, '-u', realm, user], { input: secret });
    await chown(database, place.uid, place.gid);
  }
  return place;
}

async function isListening(port: number, master: ChildProcess): Promise<boolean> {
  for (let tries = 0; tries < 150 && master.exitCode === null; tries++) {
    const greeted = await new Promise<boolean>((resolve) => {
      const socket = connect(port, '127.0.0.1');
      socket.once('data', () => resolve(true)).once('error', () => resolve(false));
      socket.once('close', () => resolve(false)).setTimeout(2000, () => socket.destroy());
      socket.once('data', () => socket.end('QUIT\r\n'));
    });
    if (greeted) return true;
    await sleep(100);
  }
  return false;
}

async function stop(master: ChildProcess, place: PostfixPlace): Promise<void> {
  if (master.exitCode !== null) return;
  const ended = new Promise((resolve) => master.once('exit', resolve));
  await run('postfix', ['-c', `${place.root}/etc`, 'stop']).catch(() => master.kill('SIGTERM'));
  await Promise.race([ended, sleep(5000, undefined, { ref: false })]);
  if (master.exitCode === null) master.kill('SIGKILL');
}

async function readMails(place: PostfixPlace, count: number): Promise<StoredMail[]> {
  const folder = `${place.root}/mail/inbox/new`;
  let names: string[] = [];
  for (let tries = 0; tries < 300; tries++) {
    names = await readdir(folder).catch(() => []);
    if (names.length >= count) break;
    await sleep(100);
  }
  return Promise.all(names.sort().map(async (name) => readStored(await readFile(join(folder, name)))));
}

/** Maildirs have LF line ends. On top stand Return-Path, Delivered-To and Received with its folded lines. */
function readStored(file: Buffer): StoredMail {
  const text = file.toString('latin1').replaceAll('\n', '\r\n');
  const added =
    /^(?:(?:Return-Path|Delivered-To|Received):.*\r\n(?:[ \t].*\r\n)*)*?Received:.*\r\n(?:[ \t].*\r\n)*/i;
  const top = added.exec(text)?.[0] ?? '';
  return {
    from: /^Return-Path: <(.*)>/m.exec(top)?.[1] ?? '',
    to: /^Delivered-To: (.*)\r/m.exec(top)?.[1] ?? '',
    bytes: Buffer.from(text.slice(top.length), 'latin1'),
    added: top,
  };
}
