import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { claim, isAbandoned, livingUsers } from './claim.ts';
import { tryWithLock, withLock } from './folder-lock.ts';
import { lifeOf, ownIdentity } from './process-identity.ts';

const dead = ownIdentity().replace(/^\d+ \d+/, '4194304 1');
const elsewhere = `${process.pid} 1 another-boot/pid:[1]`;
let folder: string;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'envoi-locks-'));
});
after(() => rm(folder, { recursive: true }));

test('a process knows itself as alive; the same number with another start is dead, another boot cannot be asked', () => {
  assert.equal(lifeOf(ownIdentity()), 'alive');
  assert.equal(lifeOf(dead), 'dead');
  const [pid, started, place] = ownIdentity().split(' ');
  assert.equal(lifeOf(`${pid} ${Number(started) + 1} ${place}`), 'dead');
  assert.equal(lifeOf(elsewhere), 'elsewhere');
  assert.equal(lifeOf('rubbish'), 'dead');
});

test('work under a lock never overlaps, and the lock is gone afterwards, also after an error', async () => {
  const path = join(folder, 'turns.lock');
  let inside = 0;
  const work = async (): Promise<void> => {
    inside += 1;
    assert.equal(inside, 1);
    await new Promise((done) => setTimeout(done, 3));
    inside -= 1;
  };
  await Promise.all(Array.from({ length: 20 }, () => withLock(path, work)));
  await assert.rejects(
    withLock(path, () => Promise.reject(new Error('broken'))),
    /broken/,
  );
  assert.deepEqual(await readdir(folder), []);
});

test('the lock of a dead process is taken over by one of many, one after the other', async () => {
  const path = join(folder, 'stale.lock');
  for (let round = 0; round < 20; round += 1) {
    await writeFile(path, dead);
    let inside = 0;
    await Promise.all(
      Array.from({ length: 5 }, () =>
        withLock(path, async () => {
          inside += 1;
          assert.equal(inside, 1);
          await Promise.resolve();
          inside -= 1;
        }),
      ),
    );
  }
});

test('a lock that is held is waited for or left alone', async () => {
  const path = join(folder, 'held.lock');
  await withLock(path, async () => {
    assert.equal(await tryWithLock(path, async () => 1), null);
    await assert.rejects(
      withLock(path, async () => 1, 50),
      /held/,
    );
  });
  assert.equal(await tryWithLock(path, async () => 1), 1);
});

test('one that cannot be asked counts as gone when its file has not been touched for a while', async () => {
  const path = join(folder, 'far');
  await writeFile(path, elsewhere);
  assert.equal(await isAbandoned(path), false);
  const before = new Date(Date.now() - 20_000);
  await utimes(path, before, before);
  assert.equal(await isAbandoned(path), true);
  await rm(path);
});

test('the users of a folder are the living; entries of the dead are swept away', async () => {
  const own = await claim(folder, 'own');
  await writeFile(join(folder, 'dead'), dead);
  await writeFile(join(folder, 'far'), elsewhere);
  assert.deepEqual((await livingUsers(folder)).sort(), ['alive', 'elsewhere']);
  await own.release();
  assert.deepEqual(await readdir(folder), ['far']);
});
