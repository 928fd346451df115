import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { chmod, chown, mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { freePort } from '../free-port.ts';

export interface Dovecot {
  readonly port: number;
  readonly user: string;
  readonly password: string;
  /** Puts a mail into the inbox, or into another folder that is there, as a delivery agent does. */
  put(bytes: Buffer, folder?: string): Promise<void>;
  /** File names of the mails with their flags: `…:2,S` is one that was read. New ones, that no client has seen, are in `new`. */
  files(folder?: string): Promise<readonly string[]>;
  /** The mails of a folder, as they lie there. */
  mails(folder: string): Promise<readonly Buffer[]>;
  /** Makes a folder beside the inbox. `Out of the house` is marked as the one for sent mail (RFC 6154). */
  makeFolder(name: string): Promise<void>;
  /** Gives the mailbox new numbers: another UIDVALIDITY. */
  renumber(): Promise<void>;
  /** Breaks all connections. */
  kick(): Promise<void>;
  close(): Promise<void>;
}

const run = promisify(execFile);

/**
 * Starts a real Dovecot on a free port of 127.0.0.1 with one mailbox, everything in a temporary folder; or with the Maildir of
 * another server. With `introspectUrl` it also takes access tokens (XOAUTH2, OAUTHBEARER), and asks there whose they are. Returns null where Dovecot is absent or cannot be run (not root).
 */
export async function startDovecot(
  maildir?: {
    readonly path: string;
    readonly uid: number;
    readonly gid: number;
  } | null,
  introspectUrl?: string,
): Promise<Dovecot | null> {
  const hasIt = await run('sh', ['-c', 'command -v dovecot && command -v doveadm']).catch(() => null);
  if (!hasIt || process.getuid?.() !== 0) return null;
  const root = await mkdtemp(join(tmpdir(), 'envoi-dovecot-'));
  const uid = maildir?.uid ?? (await idOf('-u'));
  const gid = maildir?.gid ?? (await idOf('-g'));
  await chmod(root, 0o755);
  const box = maildir?.path ?? join(root, 'mail');
  for (const folder of ['', 'cur', 'new', 'tmp']) {
    await mkdir(join(box, folder), { recursive: true });
    await chown(join(box, folder), uid, gid);
  }
  const port = await freePort();
  await writeFile(`${root}/users`, 'claire:{PLAIN}oak library wall::::::\n');
  await writeFile(
    `${root}/dovecot.conf`,
    configuration(root, box, port, uid, gid) + (introspectUrl ? tokens(root) : ''),
  );
  if (introspectUrl) await writeFile(`${root}/oauth2.conf`, introspection(introspectUrl));
  const master = spawn('dovecot', ['-F', '-c', `${root}/dovecot.conf`], { stdio: 'ignore' });
  const killLate = (): void => void master.kill('SIGTERM');
  process.once('exit', killLate);
  await untilListening(port, master);
  return {
    port,
    user: 'claire',
    password: 'oak library wall',
    ...filesIn(box, uid, gid),
    makeFolder: async (name) => {
      await run('doveadm', ['-c', `${root}/dovecot.conf`, 'mailbox', 'create', '-u', 'claire', name]);
    },
    kick: async () => {
      await run('doveadm', ['-c', `${root}/dovecot.conf`, 'kick', 'claire']).catch(() => undefined);
    },
    close: async () => {
      process.off('exit', killLate);
      const ended = new Promise((resolve) => master.once('close', resolve));
      master.kill('SIGTERM');
      await Promise.race([ended, sleep(5000)]);
      await rm(root, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** The Maildir from outside, as a delivery agent and an administrator see it. */
function filesIn(
  box: string,
  uid: number,
  gid: number,
): Pick<Dovecot, 'put' | 'files' | 'mails' | 'renumber'> {
  let count = 0;
  return {
    put: async (bytes, folder) => {
      const place = folder === undefined ? box : join(box, `.${folder}`);
      count += 1;
      const name = `${1_700_000_000 + count}.M${count}.host`;
      await writeFile(join(place, 'tmp', name), bytes.toString('latin1').replaceAll('\r\n', '\n'), 'latin1');
      await chown(join(place, 'tmp', name), uid, gid);
      await rename(join(place, 'tmp', name), join(place, 'new', name));
    },
    files: async (folder) => {
      const place = folder === undefined ? box : join(box, `.${folder}`);
      const found = await Promise.all(['new', 'cur'].map((part) => readdir(join(place, part))));
      return found.flat().sort();
    },
    mails: async (folder) => {
      const places = ['new', 'cur'].map((part) => join(box, `.${folder}`, part));
      const names = await Promise.all(
        places.map(async (place) => (await readdir(place)).map((name) => join(place, name))),
      );
      return Promise.all(names.flat().map((name) => readFile(name)));
    },
    renumber: async () => {
      for (const name of await readdir(box))
        if (name.startsWith('dovecot')) await rm(join(box, name), { force: true });
    },
  };
}

async function idOf(flag: string): Promise<number> {
  return Number((await run('id', [flag, 'nobody'])).stdout);
}

function configuration(root: string, box: string, port: number, uid: number, gid: number): string {
  return `
base_dir = ${root}/run
state_dir = ${root}/state
log_path = ${root}/dovecot.log
protocols = imap
listen = 127.0.0.1
ssl = no
disable_plaintext_auth = no
default_internal_user = nobody
default_login_user = nobody
default_internal_group = nogroup
mail_location = maildir:${box}
first_valid_uid = 1
first_valid_gid = 1
passdb {
  driver = passwd-file
  args = ${root}/users
}
userdb {
  driver = static
  args = uid=${uid} gid=${gid} home=${box}
}
namespace inbox {
  inbox = yes
  mailbox "Out of the house" {
    special_use = \\Sent
  }
  mailbox "Waste basket" {
    special_use = \\Trash
  }
}
service imap-login {
  chroot =
  inet_listener imap {
    port = ${port}
  }
  inet_listener imaps {
    port = 0
  }
}
service anvil {
  chroot =
}
`;
}

function tokens(root: string): string {
  return `
auth_mechanisms = plain oauthbearer xoauth2
passdb {
  driver = oauth2
  mechanisms = oauthbearer xoauth2
  args = ${root}/oauth2.conf
}
`;
}

function introspection(url: string): string {
  return `
introspection_mode = get
introspection_url = ${url}
username_attribute = username
active_attribute = active
active_value = true
`;
}

async function untilListening(port: number, master: ChildProcess): Promise<void> {
  for (let tries = 0; tries < 150 && master.exitCode === null; tries += 1) {
    const greeted = await new Promise<boolean>((resolve) => {
      const socket = connect(port, '127.0.0.1');
      socket.once('data', () => resolve(true)).once('error', () => resolve(false));
      socket.setTimeout(2000, () => socket.destroy());
      socket.once('close', () => resolve(false));
      socket.once('data', () => socket.destroy());
    });
    if (greeted) return;
    await sleep(100);
  }
  throw new Error('Dovecot did not start.');
}
