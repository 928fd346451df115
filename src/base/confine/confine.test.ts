import assert from 'node:assert/strict';
import { test } from 'node:test';
import { makeConfinedWork } from './index.ts';
import type { TestTask } from './test-work.ts';

const make = (threads = 2) =>
  makeConfinedWork<TestTask, string, number>({
    module: new URL('./test-work.ts', import.meta.url),
    heapMb: 64,
    threads,
  });
const limits = { totalMs: 20_000 };

test('a task is answered, and its thread used again', async () => {
  const work = make(1);
  const first = await work.run({ kind: 'thread' }, limits);
  const second = await work.run({ kind: 'thread' }, limits);
  assert.ok(first.ok && second.ok);
  assert.equal(first.answer, second.answer);
});

test('an exception, an endless loop, too much memory and an exit are refusals, and the next task is answered', async () => {
  const work = make(1);
  assert.deepEqual(await work.run({ kind: 'throw' }, limits), { ok: false, reason: 'failed', detail: 'no' });
  const loop = await work.run({ kind: 'loop' }, { totalMs: 2000 });
  assert.equal(loop.ok ? '' : loop.reason, 'took_too_long');
  for (const kind of ['memory', 'exit', 'reject'] as const) {
    const failed = await work.run({ kind }, limits);
    assert.equal(failed.ok ? '' : failed.reason, 'failed', kind);
  }
  assert.equal((await work.run({ kind: 'thread' }, limits)).ok, true);
});

test('no more tasks run at once than there are threads, the others wait for their turn', async () => {
  const work = make(2);
  const answers = await Promise.all(Array.from({ length: 8 }, () => work.run({ kind: 'thread' }, limits)));
  const threads = new Set(answers.map((answer) => (answer.ok ? answer.answer : 'failed')));
  assert.ok(!threads.has('failed') && threads.size <= 2, [...threads].join());
});

test('parts come in order, and silence between them is limited by itself', async () => {
  const work = make(1);
  const parts: number[] = [];
  const takePart = async (part: number) => void parts.push(part);
  const slow = await work.run(
    { kind: 'parts', everyMs: 200 },
    { totalMs: 20_000, silenceMs: 8000 },
    takePart,
  );
  assert.equal(slow.ok, true);
  assert.deepEqual(parts, [1, 2, 3]);
  const silent = await work.run(
    { kind: 'parts', everyMs: 3000 },
    { totalMs: 20_000, silenceMs: 1000 },
    takePart,
  );
  assert.equal(silent.ok ? '' : silent.reason, 'took_too_long');
});

test('a module that does not load is an error of ours, not a refusal', async () => {
  const work = makeConfinedWork<null, string>({
    module: new URL('./no-such-work.ts', import.meta.url),
    heapMb: 64,
    threads: 1,
  });
  await assert.rejects(work.run(null, limits), /no-such-work/);
});
