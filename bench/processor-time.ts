import { readdirSync, readFileSync } from 'node:fs';

/** Time of the processor so far, in milliseconds. */
export interface ProcessorTime {
  readonly own: number;
  /** The database server with all of its processes; null where it cannot be seen: on another machine, or on a system without `/proc`. */
  readonly database: number | null;
  readonly sink: number | null;
}

/** What else works on a mail besides this process, by the ids of the processes. */
export interface OtherProcesses {
  readonly databaseServer: number | null;
  readonly sink: number;
}

/** What this process, the database and the sink have used. */
export function processorTime({ databaseServer, sink }: OtherProcesses): ProcessorTime {
  const { user, system } = process.cpuUsage();
  const all = readProcesses();
  const database = all.filter(({ id, parent }) => id === databaseServer || parent === databaseServer);
  return {
    own: (user + system) / 1000,
    database: database.length > 0 ? sum(database.map((one) => one.usedMs)) : null,
    sink: all.find(({ id }) => id === sink)?.usedMs ?? null,
  };
}

/** The process that started this one; null where that cannot be seen. */
export function parentOf(processId: number): number | null {
  return readProcesses().find(({ id }) => id === processId)?.parent ?? null;
}

interface Process {
  readonly id: number;
  readonly parent: number;
  /** With that of its children that have ended. */
  readonly usedMs: number;
}

const tickMs = 10; // the kernel counts in hundredths of a second for all who read /proc: proc_pid_stat(5), USER_HZ

function readProcesses(): Process[] {
  try {
    return readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .flatMap((name) => readProcess(name) ?? []);
  } catch {
    return [];
  }
}

/** Null for one that has ended meanwhile. */
function readProcess(id: string): Process | null {
  try {
    const stat = readFileSync(`/proc/${id}/stat`, 'utf8');
    // The name, in brackets, may have blanks; after it stand state, parent and so on: proc_pid_stat(5) counts the parent as the fourth.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const field = (number: number): number => Number(fields[number - 3]);
    const ticks = field(14) + field(15) + field(16) + field(17);
    return { id: Number(id), parent: field(4), usedMs: ticks * tickMs };
  } catch {
    return null;
  }
}

function sum(values: readonly number[]): number {
  return values.reduce((all, value) => all + value, 0);
}
