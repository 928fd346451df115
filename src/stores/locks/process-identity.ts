import { readFileSync, readlinkSync } from 'node:fs';

/** What is known about the process of a name: `elsewhere` is another machine, container or boot, which we cannot ask. */
export type Life = 'alive' | 'dead' | 'elsewhere';

/**
 * Names this process so that another one can later tell whether it still lives: number, place and start time. The number alone is
 * not enough: after a restart of a container the new process often gets the old number.
 */
export function ownIdentity(): string {
  return `${process.pid} ${startOf(process.pid)} ${place()}`;
}

/** Tells whether the process of that name still runs; text that is not such a name belongs to nobody. */
export function lifeOf(identity: string): Life {
  const [pid, started, where] = identity.trim().split(' ');
  if (pid === undefined || started === undefined || where === undefined) return 'dead';
  if (where !== place()) return 'elsewhere';
  return isPidAlive(Number(pid)) && startOf(Number(pid)) === started ? 'alive' : 'dead';
}

/** Tells whether any process here has that number (it may belong to another user). */
export function isPidAlive(pid: number): boolean {
  if (!Number.isSafeInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** The program name of a process where the system tells it (Linux), else null. */
export function programOf(pid: number): string | null {
  return orNull(() => readFileSync(`/proc/${pid}/comm`, 'utf8').trim());
}

/** Boot and process namespace: within one of them a process number means the same process to everybody. */
function place(): string {
  const boot = orNull(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim());
  const namespace = orNull(() => readlinkSync('/proc/self/ns/pid'));
  return `${boot ?? '-'}/${namespace ?? '-'}`;
}

function startOf(pid: number): string {
  // proc(5): field 22 is the start time; the program name in field 2 may hold spaces, so count from its closing bracket.
  const fields = orNull(() => readFileSync(`/proc/${pid}/stat`, 'utf8'))
    ?.split(') ')
    .at(-1);
  return fields?.split(' ')[19] ?? '-';
}

function orNull<T>(read: () => T): T | null {
  try {
    return read();
  } catch {
    return null;
  }
}
