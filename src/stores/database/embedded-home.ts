import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, statSync } from 'node:fs';
import { chmod, chown, mkdir, readFile, writeFile } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { join, resolve } from 'node:path';
import { canReach, type ServerUser } from './embedded-binaries.ts';
import { askForUrl, DatabaseUnavailable } from './unavailable.ts';

/** Where the built-in server keeps its things and which account runs it. */
export type Home = { readonly folder: string; readonly cluster: string; readonly user: ServerUser };

const pointerName = 'postgres-location';

/**
 * Finds or makes the home of the server that belongs to a data folder. As root the server runs as an unprivileged user;
 * where that user cannot enter the data folder, the home lies in /var/lib/envoi, `say` is told, and a file in the data
 * folder points there.
 */
export async function findHome(dataFolder: string, say: (sentence: string) => void): Promise<Home> {
  const data = resolve(dataFolder);
  await mkdir(data, { recursive: true, mode: 0o711 });
  const isRoot = process.getuid?.() === 0;
  if (!isRoot) refuseNamelessUser();
  const pointed = await readFile(join(data, pointerName), 'utf8').then(
    (text) => text.trim(),
    () => null,
  );
  const folder = pointed ?? (isRoot ? await chooseForRoot(data, say) : join(data, 'postgres'));
  await mkdir(join(folder, 'users'), { recursive: true, mode: 0o700 });
  const cluster = join(folder, 'cluster');
  const user = isRoot ? (ownerOf(cluster) ?? nobody()) : null;
  if (user !== null) await chmod(folder, 0o711);
  refuseForeignCluster(cluster, isRoot);
  return { folder, cluster, user };
}

/** Makes an empty folder for the cluster that only the server's account can enter. */
export async function makePrivateFolder(path: string, user: ServerUser): Promise<void> {
  await mkdir(path, { mode: 0o700 });
  if (user !== null) await chown(path, user.uid, user.gid);
}

async function chooseForRoot(data: string, say: (sentence: string) => void): Promise<string> {
  const inside = join(data, 'postgres');
  if (existsSync(join(inside, 'cluster')) || canReach(data, nobody())) return inside;
  const folder = join('/var/lib/envoi', createHash('sha256').update(data).digest('hex').slice(0, 16));
  await mkdir(folder, { recursive: true, mode: 0o711 });
  await writeFile(join(data, pointerName), `${folder}\n`);
  say(
    `The database is kept in ${folder}: PostgreSQL does not run as root, and its user (nobody) cannot enter ${data}. ` +
      'Include that folder in your backups.',
  );
  return folder;
}

function ownerOf(cluster: string): ServerUser {
  if (!existsSync(cluster)) return null;
  const { uid, gid } = statSync(cluster);
  return uid === 0 ? null : { uid, gid };
}

function nobody(): { uid: number; gid: number } {
  const ask = (flag: string): number =>
    Number(spawnSync('id', [flag, 'nobody'], { encoding: 'utf8' }).stdout?.trim() || Number.NaN);
  const [uid, gid] = [ask('-u'), ask('-g')];
  if (Number.isNaN(uid) || Number.isNaN(gid)) {
    throw new DatabaseUnavailable(
      `PostgreSQL does not run as root and this system has no user "nobody". Start Envoi as another user. ${askForUrl}`,
    );
  }
  return { uid, gid };
}

function refuseNamelessUser(): void {
  try {
    userInfo();
  } catch {
    throw new DatabaseUnavailable(
      `The built-in database cannot run as user number ${process.getuid?.()}, which has no name on this system ` +
        `(no line in /etc/passwd). ${askForUrl}`,
    );
  }
}

function refuseForeignCluster(cluster: string, isRoot: boolean): void {
  if (isRoot || process.getuid === undefined || !existsSync(cluster)) return;
  const owner = statSync(cluster).uid;
  if (owner === process.getuid()) return;
  throw new DatabaseUnavailable(
    `The database in ${cluster} belongs to user number ${owner}. Start Envoi as root or as that user, or choose another ENVOI_DATA_DIR.`,
  );
}
