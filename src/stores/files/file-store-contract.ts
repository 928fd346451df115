import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { test } from 'node:test';
import fc from 'fast-check';
import type { FileStore } from './file-store.ts';

const [ours, theirs] = ['com_01JABCDEFGHJKMNPQRSTVWXYZ0', 'com_01JABCDEFGHJKMNPQRSTVWXYZ1'];

/** What every kind of file store must do, as tests; `make` returns an empty store. */
export function fileStoreContract(kind: string, make: () => Promise<FileStore>): void {
  test(`${kind}: what was put comes back, byte for byte, under its SHA-256`, async () => {
    const store = await make();
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 5000 }), async (bytes) => {
        const hash = await store.put(ours, bytes);
        assert.equal(hash, createHash('sha256').update(bytes).digest('hex'));
        assert.deepEqual(await store.get(ours, hash), Buffer.from(bytes));
        assert.equal(await store.has(ours, hash), true);
      }),
      { numRuns: 50 },
    );
  });

  test(`${kind}: what was never put is null, and removing it says false`, async () => {
    const store = await make();
    const hash = 'ab'.repeat(32);
    assert.equal(await store.get(ours, hash), null);
    assert.equal(await store.has(ours, hash), false);
    assert.equal(await store.remove(ours, hash), false);
    assert.deepEqual(await store.usage(ours), { files: 0, bytes: 0 });
  });

  test(`${kind}: a company does not reach the files of another one, and removes only its own`, async () => {
    const store = await make();
    const hash = await store.put(ours, Buffer.from('ours'));
    assert.equal(await store.get(theirs, hash), null);
    assert.equal(await store.remove(theirs, hash), false);
    await store.put(theirs, Buffer.from('ours'));
    assert.equal(await store.remove(ours, hash), true);
    assert.equal(await store.has(ours, hash), false);
    assert.equal((await store.get(theirs, hash))?.toString(), 'ours');
  });

  test(`${kind}: the same bytes put many times at once are kept once`, async () => {
    const store = await make();
    const bytes = randomBytes(100_000);
    const hashes = await Promise.all(Array.from({ length: 20 }, () => store.put(ours, bytes)));
    assert.equal(new Set(hashes).size, 1);
    const { files, bytes: kept } = await store.usage(ours);
    assert.equal(files, 1);
    assert.ok(kept >= 100_000 && kept < 100_100, `${kept} bytes: what encrypts it adds little`);
  });

  test(`${kind}: the list names what is kept, of every company, and nothing else`, async () => {
    const store = await make();
    const [one, two] = [await store.put(ours, Buffer.from('1')), await store.put(theirs, Buffer.from('2'))];
    const gone = await store.put(ours, Buffer.from('3'));
    await store.remove(ours, gone);
    const listed: string[] = [];
    for await (const { companyId, sha256 } of store.list()) listed.push(`${companyId}/${sha256}`);
    assert.deepEqual(listed.sort(), [`${ours}/${one}`, `${theirs}/${two}`].sort());
  });

  test(`${kind}: names that are not an id and a hash are refused, whatever they hold`, async () => {
    const store = await make();
    const bad = fc.oneof(
      fc.constantFrom(
        '',
        '.',
        '..',
        '../com_x',
        'com_x/../../etc',
        'com_../x',
        '/etc',
        'com_x\0',
        'COM_X',
        'com_x ',
      ),
      fc.string().filter((text) => !/^[a-z]{2,8}_[0-9A-Za-z]{1,64}$/.test(text)),
    );
    await fc.assert(
      fc.asyncProperty(bad, async (name) => {
        await assert.rejects(store.put(name, Buffer.from('x')), /not the id of a company/);
        await assert.rejects(store.get(ours, name), /not a SHA-256/);
        await assert.rejects(store.remove(ours, name), /not a SHA-256/);
        await assert.rejects(async () => store.usage(name), /not the id of a company/);
      }),
    );
  });

  test(`${kind}: free space is known or said to be unknown`, async () => {
    const free = await (await make()).freeBytes();
    assert.ok(free === null || free > 0);
  });
}
