import { threadId } from 'node:worker_threads';
import type { Perform } from './index.ts';

/** What the test asks of its thread: good and bad behaviour. */
export type TestTask =
  | { readonly kind: 'thread' | 'throw' | 'loop' | 'memory' | 'exit' | 'reject' }
  | { readonly kind: 'parts'; readonly everyMs: number };

export const perform: Perform<TestTask, string, number> = async (task, sendPart) => {
  if (task.kind === 'throw') throw new Error('no');
  if (task.kind === 'exit') process.exit(3);
  if (task.kind === 'reject') {
    void Promise.reject(new Error('nobody listens'));
    await new Promise(() => undefined);
  }
  const kept: number[][] = [];
  while (task.kind === 'loop') Math.random();
  while (task.kind === 'memory') kept.push(Array.from({ length: 100_000 }, Math.random));
  for (const part of task.kind === 'parts' ? [1, 2, 3] : []) {
    await new Promise((resolve) => setTimeout(resolve, task.kind === 'parts' ? task.everyMs : 0));
    await sendPart(part);
  }
  return String(threadId);
};
