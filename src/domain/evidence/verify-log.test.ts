import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { promisify } from 'node:util';
import { sha256 } from '#base/crypto';
import { hour } from '#base/time';
import { SignatureBroken } from '#formats/proof';
import { askTimeStamp } from '#formats/signature';
import { asWorker, type Database, inCompany } from '#stores/database';
import { type KeyRing, openKeyRing } from '#stores/keys';
import { testDatabase } from '../../../test/database.ts';
import { startTimeStamps, type TestStamps } from '../../../test/servers/time-stamp.ts';
import { signCheckpoint } from './checkpoint-note.ts';
import type { EvidenceTables } from './event-table.ts';
import { growTree } from './grow-tree.ts';
import {
  eraseFields,
  type LogReport,
  makeCheckpoint,
  proveEvents,
  record,
  stampCheckpoint,
  verifyLog,
} from './index.ts';

const company = 'com_TEST';
const now = new Date('2026-11-27T08:00:00.000Z');
const later = new Date('2026-11-27T11:00:00.000Z');

let database: Database<EvidenceTables>;
let folder: string;
let keys: KeyRing;
let stamps: TestStamps;
const kept: string[] = [];

const service = () => ({
  url: stamps.url,
  ask: (digest: Uint8Array) => askTimeStamp(stamps.url, digest, { fetch, timeoutMs: 20_000 }),
});

async function write(count: number, at = later): Promise<void> {
  for (let index = 0; index < count; index += 1)
    await inCompany(database, company, (tx) =>
      record(tx, [
        {
          type: 'message.queued',
          companyId: company,
          dispatchId: `dsp_${index % 7}`,
          at,
          actor: 'system',
          data: { index },
          personal: { recipient: `els${index}@peeters.example` },
        },
      ]),
    );
}

/** Erases the second event's fields on each chain: 7 events that account for it. */
async function erase(): Promise<void> {
  const ids = await asWorker(database, (tx) =>
    tx.selectFrom('events').select('id').where('n', '=', 2).execute(),
  );
  const eventIds = ids.map((row) => row.id);
  const erasure = { companyId: company, eventIds, ground: 'request', actor: 'user' } as const;
  assert.equal(await inCompany(database, company, (tx) => eraseFields(tx, erasure, now)), 7);
}

before(async () => {
  [database, folder, stamps] = await Promise.all([
    testDatabase<EvidenceTables>(),
    mkdtemp(join(tmpdir(), 'envoi-keys-')),
    startTimeStamps(),
  ]);
  keys = await openKeyRing(join(folder, 'keys'), 'envoi.example', now);
  for (const count of [300, 1, 40]) {
    await write(count, count === 300 ? now : later);
    if (count === 1) await erase();
    const made = await makeCheckpoint(database, keys.log, now);
    assert.ok(made);
    kept.push(made.note);
    assert.deepEqual([...(await stampCheckpoint(database, [service()], () => now)).keys()], []);
  }
  await write(3);
  await database.owner.query(
    tables.map((table) => `create table kept_${table} as table ${table}`).join('; '),
  );
});
after(async () => {
  await Promise.all([database.close(), stamps.close(), rm(folder, { recursive: true, force: true })]);
});

const verify = (outside?: string) => verifyLog(database, { verifiers: keys.logVerifiers, outside });

const tables = [
  'events',
  'event_heads',
  'disclosures',
  'log_head',
  'log_tree',
  'log_tiles',
  'log_checkpoints',
  'log_stamps',
];

/** Changes rows behind the back of the program, looks, and puts everything back. */
async function tampered(
  change: readonly string[] | (() => Promise<void>),
  outside?: string,
  look: (report: LogReport) => void | Promise<void> = () => undefined,
) {
  const { owner } = database;
  try {
    if (typeof change === 'function') await change();
    else for (const statement of change) await owner.query(statement);
    const report = await verify(outside);
    await look(report);
    return report.broken;
  } finally {
    const back = tables.map(
      (table) => `insert into ${table} overriding system value select * from kept_${table}`,
    );
    await owner.query([...tables.map((table) => `delete from ${table}`).reverse(), ...back].join('; '));
  }
}

/** Changes an event and everything that is worked out from it, as somebody would who has the database but no key. */
async function rewriteHistory(): Promise<void> {
  const { owner } = database;
  const { rows } = await owner.query<{ id: string; raw: Buffer }>(
    "select id, raw from events where chain = 'dsp_3' and n >= 17 order by n",
  );
  let [before, hash] = ['"index":', ''];
  for (const { id, raw } of rows) {
    const now = hash
      ? raw.toString().replace(before, hash)
      : raw.toString().replace(/"index":\d+/, '"index":9999');
    [before, hash] = [sha256(raw).toString('hex'), sha256(now).toString('hex')];
    await owner.query(
      `update events set raw = $2, hash = sha256($2), data = convert_from($2, 'utf8')::jsonb->'data',
        prev = decode(convert_from($2, 'utf8')::jsonb->>'prev', 'hex') where id = $1`,
      [id, Buffer.from(now)],
    );
  }
  await owner.query(lastHeads);
  await owner.query('delete from log_tiles; update log_tree set size = 0');
  await growTree(database);
}

const lastHeads =
  'update event_heads h set (n, hash) = (select n, hash from events e where e.chain = h.chain order by n desc limit 1)';

describe('the time stamp of a checkpoint', () => {
  test('is told by the time in its token, and not by our clock', async () => {
    const { stamps: proven } = await proveEvents(database, [1]);
    const text = await readToken(proven[0]?.token ?? Buffer.alloc(0));
    const said = /Time stamp: (.*)/.exec(text)?.[1] ?? '';
    assert.equal(proven[0]?.at.getTime(), Date.parse(said));
    assert.ok(Math.abs(Date.parse(said) - now.getTime()) > hour, 'our clock stands elsewhere in this test');
  });

  test('is not kept when its token does not hold', async () => {
    const ask = async (digest: Uint8Array): Promise<Uint8Array> => {
      const token = Buffer.from(await service().ask(digest));
      token[token.length - 5] = (token[token.length - 5] ?? 0) ^ 1; // in the signature
      return token;
    };
    const failed = await stampCheckpoint(database, [{ url: 'http://other.example/', ask }], () => now);
    assert.ok(failed.get('http://other.example/') instanceof SignatureBroken);
    assert.deepEqual((await proveEvents(database, [1])).stamps.length, 1);
  });

  test('is left out of proofs when its token was changed where it lies', async () => {
    await tampered(
      ['update log_stamps set token = set_byte(token, 300, (get_byte(token, 300) + 1) % 256)'],
      undefined,
      async () => assert.deepEqual((await proveEvents(database, [1])).stamps, []),
    );
  });
});

/** What openssl reads in a token. */
async function readToken(token: Buffer): Promise<string> {
  const path = join(folder, 'token');
  await writeFile(path, token);
  const { stdout } = await promisify(execFile)('openssl', [
    'ts',
    '-reply',
    '-in',
    path,
    '-token_in',
    '-text',
  ]);
  return stdout;
}

describe('the check of the log', () => {
  test('finds nothing in a log that nobody touched, erased fields included', async () => {
    const report = await verify(kept[1]);
    assert.deepEqual(report, {
      events: 348,
      covered: 348,
      waiting: 3,
      checkpoints: 3,
      stamps: 3,
      erased: 7,
      broken: null,
    });
  });

  const hidden = 'set data = \'{"index":9999}\'';
  const cases: readonly (readonly [what: string, fault: string, ...statements: string[]])[] = [
    ['a changed column', 'row_differs', `update events ${hidden} where log_index = 120`],
    ['a changed time', 'row_differs', `update events set at = at - interval '1 day' where log_index = 120`],
    ['changed bytes', 'hash_differs', `update events set raw = raw || ' ' where log_index = 120`],
    [
      'changed bytes with their hash',
      'bytes_damaged',
      `update events set raw = '\\x7b', hash = sha256('\\x7b') where log_index = 120`,
    ],
    ['a deleted row', 'event_missing', 'delete from events where log_index = 120'],
    [
      'a deleted row with the others moved up',
      'chain_broken',
      'delete from events where log_index = 120',
      'update events set log_index = -log_index + 1 where log_index > 120',
      'update events set log_index = -log_index where log_index < 0',
      'update log_head set size = size - 1',
    ],
    [
      'the last events of every chain gone',
      'event_missing',
      'delete from events where log_index is null or log_index > 345',
      lastHeads,
    ],
    [
      'the end cut off, sizes included',
      'event_missing',
      'delete from events where log_index is null or log_index > 345',
      lastHeads,
      'update log_head set size = 345',
      'delete from disclosures d where not exists (select from events where id = d.event_id)',
    ],
    [
      'two events in each other’s place',
      'tree_differs',
      'update events set log_index = -log_index where log_index in (120, 121)',
      'update events set log_index = case log_index when -120 then 121 else 120 end where log_index < 0',
    ],
    [
      'a row put in between',
      'event_missing',
      `insert into events (id, company_id, chain, n, type, at, actor, certainty, data, raw, hash, log_index)
       select 'evt_X', company_id, 'com_X', 1, type, at, actor, certainty, data, raw, hash, 10000 from events where log_index = 5`,
    ],
    ['a row put at the end of a chain', 'head_differs', "delete from event_heads where chain = 'dsp_1'"],
    [
      'a changed row of the tree',
      'tree_differs',
      `update log_tiles set hashes = set_byte(hashes, 40, (get_byte(hashes, 40) + 1) % 256) where place = 0 and level = 0`,
    ],
    [
      'a checkpoint that we did not sign',
      'checkpoint_unsigned',
      `update log_checkpoints set note = replace(note, '300', '299') where size = 300`,
    ],
    [
      'a changed root',
      'checkpoint_differs',
      `update log_checkpoints set root = set_byte(root, 3, (get_byte(root, 3) + 1) % 256) where size = 308`,
    ],
    [
      'a checkpoint under the hash of another',
      'checkpoint_hash_differs',
      'update log_checkpoints set note_hash = set_byte(note_hash, 3, (get_byte(note_hash, 3) + 1) % 256) where size = 308',
    ],
    ['all checkpoints gone', 'checkpoint_missing', 'delete from log_stamps', 'delete from log_checkpoints'],
    [
      'a changed time stamp',
      'stamp_wrong',
      'update log_stamps set token = set_byte(token, 300, (get_byte(token, 300) + 1) % 256) where size = 308',
    ],
    [
      'a changed personal field',
      'disclosure_differs',
      `update disclosures set value = '"mallory@x.example"' where event_id = (select id from events where log_index = 50)`,
    ],
    [
      'a personal field that is gone without a word',
      'disclosure_missing',
      'delete from disclosures where event_id = (select id from events where log_index = 50)',
    ],
    [
      'a personal field of no event',
      'event_missing',
      `insert into disclosures values ('evt_NONE', 'com_TEST', 'x', '\\x00', '1')`,
    ],
  ];
  for (const [what, fault, ...statements] of cases)
    test(`names ${what}`, async () => {
      assert.equal((await tampered(statements))?.fault, fault);
      assert.equal((await verify()).broken, null);
    });

  const rollBack = [
    'delete from events where log_index is null or log_index > 308',
    'delete from disclosures d where not exists (select from events where id = d.event_id)',
    'delete from event_heads h where not exists (select from events e where e.chain = h.chain)',
    lastHeads,
    'update log_head set size = 308',
    'update log_tree set size = 308',
    'update log_tiles set hashes = substring(hashes for 52 * 32) where level = 0 and place = 1',
    'delete from log_stamps where size > 308',
    'delete from log_checkpoints where size > 308',
  ];

  test('finds a database that was rolled back, by a checkpoint from outside and by nothing else', async () => {
    assert.equal(await tampered(rollBack), null);
    assert.equal((await tampered(rollBack, kept[1]))?.fault, undefined);
    assert.equal((await tampered(rollBack, kept[2]))?.fault, 'log_rolled_back');
    const carriedByMail = sha256(kept[2] ?? '').toString('base64url');
    assert.equal((await tampered(rollBack, carriedByMail))?.fault, 'outside_unknown');
    assert.equal((await verify(carriedByMail)).broken, null);
  });

  test('is not fooled by an older checkpoint under the hash that a mail carried', async () => {
    const carried = sha256(kept[2] ?? '');
    const forged = `update log_checkpoints set note_hash = '\\x${carried.toString('hex')}' where size = 308`;
    const found = await tampered([...rollBack, forged], carried.toString('base64url'));
    assert.equal(found?.fault, 'checkpoint_hash_differs');
  });

  test('finds events that were rewritten with all that follows from them, by the checkpoint that was kept', async () => {
    const rewritten = await tampered(rewriteHistory);
    assert.deepEqual([rewritten?.fault, rewritten?.logIndex], ['checkpoint_differs', 300]);
  });

  test('says how far the newest checkpoint reaches, and takes what has just come as it is', async () => {
    const gone = ['delete from log_stamps where size = 348', 'delete from log_checkpoints where size = 348'];
    let covered = 0;
    assert.equal(
      await tampered(gone, undefined, (report) => {
        covered = report.covered;
      }),
      null,
    );
    assert.equal(covered, 308);
  });

  test('refuses a checkpoint from outside that somebody else signed, or that this log never had', async () => {
    const other = await openKeyRing(join(folder, 'other'), 'envoi.example', now);
    const foreign = signCheckpoint(other.log, 300, Buffer.alloc(32));
    assert.equal((await verify(foreign)).broken?.fault, 'outside_unsigned');
    assert.equal((await verify('A'.repeat(43))).broken?.fault, 'outside_unknown');
  });
});
