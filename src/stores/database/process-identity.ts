import { readFileSync } from 'node:fs';

/**
 * Names this process so that another one can later tell whether it still lives: process number, boot and start time.
 * The number alone is not enough: after a restart of a container the new process often gets the old number.
 */
export function ownIdentity(): string {
  return identityOf(process.pid);
}

/** Tells whether the process of that name still runs; text that is not such a name belongs to nobody. */
export function isAlive(identity: string): boolean {
  const pid = Number(identity.split(' ')[0]);
  return isPidAlive(pid) && identityOf(pid) === identity.trim();
}

/** Tells whether any process has that number (it may belong to another user). */
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
  return readOrNull(`/proc/${pid}/comm`)?.trim() ?? null;
}

function identityOf(pid: number): string {
  const boot = readOrNull('/proc/sys/kernel/random/boot_id')?.trim() ?? '-';
  // proc(5): field 22 is the start time; the program name in field 2 may hold spaces, so count from its closing bracket.
  const started = readOrNull(`/proc/${pid}/stat`)?.split(') ').at(-1)?.split(' ')[19] ?? '-';
  return `${pid} ${boot} ${started}`;
}

function readOrNull(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}
