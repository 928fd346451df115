import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { appendFile, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { after, test } from 'node:test';
import fc from 'fast-check';
import { type Journal, openJournal } from './journal.ts';
import { formatLine, waitingIn } from './journal-lines.ts';

const project = resolve(import.meta.dirname, '../../..');
const folders: string[] = [];
after(async () => {
  for (const folder of folders) await rm(folder, { recursive: true, force: true });
});

test('what was confirmed is handed over in order, once, and a closed journal leaves nothing behind', async () => {
  const folder = await temporaryFolder();
  const journal = await openJournal<number>({ folder, name: 'hits' });
  for (const n of [1, 2, 3, 4, 5]) await journal.append(n);
  const groups: number[][] = [];
  assert.equal(await journal.drain(async (part) => void groups.push([...part]), 2), 5);
  assert.deepEqual(groups, [[1, 2], [3, 4], [5]]);
  assert.equal(await journal.drain(async () => assert.fail()), 0);
  await journal.close();
  assert.deepEqual(await readdir(folder), []);
});

test('a drain of at most so many leaves the rest, in order', async () => {
  const journal = await openJournal<number>({ folder: await temporaryFolder(), name: 'hits' });
  for (const n of [1, 2, 3, 4, 5]) await journal.append(n);
  const first: number[] = [];
  assert.equal(await journal.drain(async (part) => void first.push(...part), 2, 3), 4);
  assert.deepEqual(first, [1, 2, 3, 4]);
  assert.deepEqual(await drained(journal), [5]);
  assert.equal(journal.appended, 5);
  await journal.close();
});

test('records that fill the reserved room and more are all there for the next process', async () => {
  const folder = await temporaryFolder();
  const first = await openJournal<string>({ folder, name: 'hits' });
  const records = Array.from({ length: 60 }, (_, n) => `${n} ${'ü'.repeat(30_000)}`);
  for (const record of records) await first.append(record);
  await first.close();
  const second = await openJournal<string>({ folder, name: 'hits' });
  assert.deepEqual(await drained(second), records);
  await second.close();
});

test('what waits in a long outage is left to the disk, and comes back whole when it is over', async () => {
  const folder = await temporaryFolder();
  const options = { folder, name: 'hits', rotateAfterBytes: 2000, mostInMemory: 100 };
  const journal = await openJournal<number>(options);
  const all = Array.from({ length: 5000 }, (_, n) => n);
  for (let at = 0; at < all.length; at += 50) {
    await Promise.all(all.slice(at, at + 50).map((n) => journal.append(n)));
    assert.ok(journal.waiting <= 100 + 150, `${journal.waiting} in memory`); // one file more, and what is being written
  }
  await assert.rejects(journal.drain(() => Promise.reject(new Error('the database is away'))));
  const come = await drained(journal);
  assert.deepEqual(
    [...new Set(come)].sort((a, b) => a - b),
    all,
  );
  assert.deepEqual(await drained(journal), []);
  await journal.close();
  assert.deepEqual(await readdir(folder), []);
});

test('appends at the same time share a flush', async () => {
  const journal = await openJournal<number>({ folder: await temporaryFolder(), name: 'hits' });
  await Promise.all(Array.from({ length: 2000 }, (_, n) => journal.append(n)));
  assert.equal(journal.waiting, 2000);
  assert.equal(await drained(journal).then((all) => all.length), 2000);
  await journal.close();
});

test('records whose taker fails wait and are handed over again', async () => {
  const journal = await openJournal<number>({ folder: await temporaryFolder(), name: 'hits' });
  await journal.append(1);
  await assert.rejects(
    journal.drain(() => Promise.reject(new Error('database away'))),
    /database away/,
  );
  assert.deepEqual(await drained(journal), [1]);
  await journal.close();
});

test('what one process left is taken over by the next, without what was done', async () => {
  const folder = await temporaryFolder();
  const first = await openJournal<string>({ folder, name: 'answers' });
  const entries = await Promise.all(['a', 'b', 'c'].map((record) => first.append(record)));
  await first.done(entries[1] ?? 0);
  await first.close();
  const second = await openJournal<string>({ folder, name: 'answers' });
  const seen: string[] = [];
  await second.append('mine');
  await assert.rejects(second.replay(() => Promise.reject(new Error('not now'))));
  assert.equal(await second.replay(async (part) => void seen.push(...part)), 2);
  assert.deepEqual(seen, ['a', 'c']);
  assert.equal(await second.replay(async () => assert.fail()), 0);
  assert.equal(second.waiting, 1);
  await second.close();
});

test('a journal of a living process, and one of another name, are left alone', async () => {
  const folder = await temporaryFolder();
  const living = await openJournal<number>({ folder, name: 'hits' });
  await living.append(1);
  for (const name of ['hits', 'answers', 'hit']) {
    const other = await openJournal<number>({ folder, name });
    assert.equal(await other.replay(async () => assert.fail()), 0);
  }
  assert.deepEqual(await drained(living), [1]);
  await living.close();
});

test('the files do not grow without end while records are done', async () => {
  const folder = await temporaryFolder();
  const journal = await openJournal<string>({ folder, name: 'hits', rotateAfterBytes: 5000 });
  for (let n = 0; n < 300; n += 1) {
    const entry = await journal.append('x'.repeat(200));
    if (n > 10) await journal.done(entry);
  }
  await drained(journal);
  await new Promise((done) => setTimeout(done, 50));
  assert.ok((await readdir(folder)).length <= 2);
  await journal.close();
});

test('lines that were cut off or damaged are left out, and the others survive, wherever the cut is', () => {
  const record = fc.record({ entry: fc.nat(50), value: fc.jsonValue() });
  fc.assert(
    fc.property(fc.uniqueArray(record, { selector: ({ entry }) => entry }), fc.nat(), (records, cut) => {
      const lines = records.map(({ entry, value }) =>
        formatLine({ kind: 'record', entry, json: JSON.stringify(value) }),
      );
      const whole = Buffer.from(lines.join(''));
      const at = whole.length === 0 ? 0 : cut % whole.length;
      const text = whole.subarray(0, at).toString('utf8');
      const complete = text.split('\n').length - 1;
      const found = waitingIn(text);
      const wanted = records.map(({ value }) => JSON.stringify(value));
      assert.ok(found.length === complete || found.length === complete + 1); // only the line feed may be missing
      assert.deepEqual(found, wanted.slice(0, found.length));
      assert.deepEqual(waitingIn(`${text}\n${formatLine({ kind: 'record', entry: 99, json: '7' })}`), [
        ...found,
        '7',
      ]);
    }),
  );
});

test('any bytes at all are read without an error', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => void waitingIn(text)));
});

test('killed at any moment, a process loses no confirmed record; what was done may at most come once more', async () => {
  for (let round = 0; round < 5; round += 1) {
    const folder = await temporaryFolder();
    const { confirmed, done } = await appendUntilKilled(folder, randomInt(1, 250));
    const journal = await openJournal<{ n: number }>({ folder, name: 'killed' });
    const found = new Set((await drained(journal)).map(({ n }) => n));
    // Every third one is done right after; it may have been killed before it could say so.
    for (const n of confirmed) assert.ok(found.has(n) || n % 3 === 0, `${n} is there`);
    assert.ok([...done].filter((n) => found.has(n)).length <= 16, 'few of those that were done come again');
    // A file that was killed before it could name its owner may stay for a while; it has no record yet.
    for (const file of await readdir(folder))
      assert.deepEqual(waitingIn(await readFile(join(folder, file), 'utf8')), [], file);
  }
});

test('a header alone, an empty file and rubbish are taken away when their writer is gone', async () => {
  const folder = await temporaryFolder();
  await writeFile(join(folder, 'hits.1-a.journal'), '999999 1 -/-\n');
  await appendFile(join(folder, 'hits.2-b.left-2.journal'), '\0\0\0\xff rubbish');
  const journal = await openJournal<number>({ folder, name: 'hits' });
  await journal.replay(async () => assert.fail());
  assert.ok(!(await readdir(folder)).includes('hits.2-b.left-2.journal'));
});

async function appendUntilKilled(folder: string, afterMs: number) {
  const child = spawn(process.execPath, ['--import', 'tsx', 'test/servers/append-journal.ts', folder], {
    cwd: project,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    if (output === '') setTimeout(() => child.kill('SIGKILL'), afterMs);
    output += text;
  });
  await new Promise((ended) => child.once('close', ended));
  const numbers = output.split('\n').slice(0, -1).map(Number);
  const done = new Set(numbers.filter((n) => n < 0).map((n) => -n));
  return { confirmed: numbers.filter((n) => n > 0), done };
}

async function drained<R>(journal: Journal<R>): Promise<R[]> {
  const all: R[] = [];
  await journal.drain(async (part) => void all.push(...part));
  return all;
}

async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'envoi-journal-'));
  folders.push(folder);
  return folder;
}
