import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import fc from 'fast-check';
import { sha256 } from '#base/crypto';
import { asWorker, type Database, inCompany } from '#stores/database';
import { testDatabase } from '../../../test/database.ts';
import { canonicalJson } from './canonical-json.ts';
import { disclosureDigest, type Fact } from './event.ts';
import type { EvidenceTables } from './event-table.ts';
import type { EventValue } from './event-value.ts';
import { follow } from './follow.ts';
import { selectEvents } from './read-events-table.ts';
import { record } from './record.ts';
import { sequence } from './sequence.ts';

let database: Database<EvidenceTables>;
before(async () => {
  database = await testDatabase<EvidenceTables>();
});
after(() => database.close());

const at = new Date('2026-11-12T09:14:00.123Z');
const company = 'com_TEST';
const fact = (dispatchId: string, more: Partial<Fact> = {}): Fact => ({
  type: 'message.queued',
  companyId: company,
  dispatchId,
  at,
  actor: 'system',
  data: { role: 'to' },
  ...more,
});

describe('the chain', () => {
  test('fifty writers on one dispatch leave no gap and do not lock each other out', async () => {
    await Promise.all(
      Array.from({ length: 50 }, (_, index) =>
        inCompany(database, company, (tx) =>
          record(
            tx,
            index % 2 ? [fact('dsp_B'), fact('dsp_A')] : [fact('dsp_A'), fact('dsp_B'), fact('dsp_A')],
          ),
        ),
      ),
    );
    for (const dispatch of ['dsp_A', 'dsp_B']) {
      const events = await asWorker(database, (tx) =>
        selectEvents(tx, { kind: 'dispatch', id: dispatch, limit: 1000 }),
      );
      assert.deepEqual(
        events.map((event) => event.n),
        events.map((_, index) => index + 1),
      );
      events.forEach((event, index) => {
        assert.deepEqual(event.hash, sha256(event.raw));
        assert.deepEqual(event.prev, events[index - 1]?.hash ?? null);
        assert.equal(JSON.parse(event.raw.toString()).prev, events[index - 1]?.hash.toString('hex') ?? null);
      });
    }
  });

  test('an event of another company cannot be put onto a chain', async () => {
    await assert.rejects(
      inCompany(database, 'com_OTHER', (tx) => record(tx, [fact('dsp_A', { companyId: 'com_OTHER' })])),
    );
  });

  test('the application role can neither change nor delete an event', async () => {
    const change = inCompany(database, company, (tx) =>
      tx.updateTable('events').set({ actor: 'user' }).execute(),
    );
    await assert.rejects(change, /permission denied/);
    await assert.rejects(
      inCompany(database, company, (tx) => tx.deleteFrom('events').execute()),
      /permission denied/,
    );
  });
});

describe('personal fields', () => {
  test('stand in the bytes as salted digests only, and are merged into what readers get', async () => {
    const [event] = await inCompany(database, company, (tx) =>
      record(tx, [fact('dsp_C', { personal: { recipient: 'els@peeters.example' } })]),
    );
    assert.ok(event);
    assert.ok(!event.raw.toString().includes('peeters'));
    const row = await asWorker(database, (tx) =>
      tx.selectFrom('disclosures').selectAll().where('event_id', '=', event.id).executeTakeFirstOrThrow(),
    );
    const digest = disclosureDigest(row.salt, row.name, row.value);
    assert.deepEqual(JSON.parse(event.raw.toString())._sd, [digest]);
    const [read] = await asWorker(database, (tx) =>
      selectEvents(tx, { kind: 'dispatch', id: 'dsp_C', limit: 1 }),
    );
    assert.equal(read?.data['recipient'], 'els@peeters.example');
    const newest = await asWorker(database, (tx) =>
      selectEvents(tx, { kind: 'newest_of_each', id: 'dsp_C', limit: 1 }),
    );
    assert.equal(newest[0]?.data['recipient'], 'els@peeters.example');
  });
});

describe('the sequencer', () => {
  test('gives every committed event one place, without gaps, however many run at once', async () => {
    await Promise.all(
      Array.from({ length: 20 }, (_, i) =>
        inCompany(database, company, (tx) => record(tx, [fact(`dsp_S${i}`)])),
      ),
    );
    await Promise.all(Array.from({ length: 8 }, () => sequence(database)));
    const rows = await asWorker(database, (tx) =>
      tx.selectFrom('events').select('log_index').orderBy('log_index').execute(),
    );
    assert.deepEqual(
      rows.map((row) => row.log_index),
      rows.map((_, index) => index + 1),
    );
  });

  test('keeps the order of each chain', async () => {
    const events = await asWorker(database, (tx) =>
      selectEvents(tx, { kind: 'dispatch', id: 'dsp_A', limit: 1000 }),
    );
    const places = events.map((event) => event.logIndex ?? 0);
    assert.deepEqual(
      places,
      [...places].sort((a, b) => a - b),
    );
  });
});

describe('a follower', () => {
  test('sees each event once, also when its handler fails in between', async () => {
    const seen: string[] = [];
    let fails = true;
    const step = () =>
      follow(database, { name: 'test', limit: 7 }, async (_tx, events) => {
        if (fails) throw new Error('not now');
        seen.push(...events.map((event) => event.id));
      });
    await assert.rejects(step);
    fails = false;
    while ((await step()) > 0);
    const all = await asWorker(database, (tx) =>
      tx.selectFrom('events').select('id').orderBy('log_index').execute(),
    );
    assert.deepEqual(
      seen,
      all.map((row) => row.id),
    );
  });
});

describe('canonical JSON', () => {
  test('is the same text for the same value, whatever the order of its keys, and reads back equal', () => {
    const value = fc.letrec((tie) => ({
      value: fc.oneof(
        fc.string({ unit: 'grapheme' }),
        fc.maxSafeInteger().map((n) => (Object.is(n, -0) ? 0 : n)),
        fc.boolean(),
        fc.constant(null),
        fc.array(tie('value'), { maxLength: 4 }),
        fc.dictionary(fc.string(), tie('value'), { maxKeys: 4 }),
      ),
    })).value as fc.Arbitrary<EventValue>;
    fc.assert(
      fc.property(value, (one) => {
        const text = canonicalJson(one);
        assert.deepEqual(JSON.parse(text), JSON.parse(JSON.stringify(one)));
        assert.equal(canonicalJson(JSON.parse(text)), text);
      }),
    );
  });

  test('refuses fractions, unsafe integers and half a character', () => {
    for (const value of [1.5, 2 ** 53, Number.NaN, '\ud800']) assert.throws(() => canonicalJson({ value }));
  });
});
