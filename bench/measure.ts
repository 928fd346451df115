import { cpus } from 'node:os';
import { type OtherProcesses, type ProcessorTime, processorTime } from './processor-time.ts';

/** Prints one figure as a JSON line. */
export function figure(bench: string, values: Readonly<Record<string, unknown>>): void {
  console.log(JSON.stringify({ bench, ...values, node: process.versions.node, cores: cpus().length }));
}

export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

export function quantile(values: readonly number[], q: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))] ?? Number.NaN;
}

/** How many of them a second, when `work` did `count` of them. */
export async function rate(count: number, work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return (count * 1000) / (performance.now() - start);
}

/** The rate, and how much time of a processor each process took for each, in milliseconds: a busy machine changes that much less. */
export async function rateAndCost(
  count: number,
  others: OtherProcesses,
  work: () => Promise<unknown>,
): Promise<{ readonly perSecond: number; readonly cost: ProcessorTime }> {
  const before = processorTime(others);
  const perSecond = await rate(count, work);
  const after = processorTime(others);
  const each = (which: keyof ProcessorTime): number | null => {
    const [then, now] = [before[which], after[which]];
    return then === null || now === null ? null : (now - then) / count;
  };
  return { perSecond, cost: { own: each('own') ?? 0, database: each('database'), sink: each('sink') } };
}

export function rounded(value: number): number {
  return Number(value.toPrecision(3));
}

/** The number after `--name`, or the usual one. */
export function option(args: readonly string[], name: string, usual: number): number {
  const at = args.indexOf(`--${name}`);
  return at < 0 ? usual : Number(args[at + 1]);
}
