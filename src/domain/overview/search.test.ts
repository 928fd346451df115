import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sql } from 'kysely';
import { type TestInstallation, testInstallation } from '../../../test/installation.ts';
import { countDocuments, countFound, listDocuments, listMessages, type MessageFilter } from './index.ts';

const count = 6000;
let installation: TestInstallation;
before(async () => {
  installation = await testInstallation();
  await fill();
});
after(() => installation.close());

// How many have the word, from nearly all to one: each is found by another way.
const words: Readonly<Record<string, (n: number) => boolean>> = {
  acme: () => true,
  often: (n) => n % 3 === 0,
  now: (n) => n % 150 === 0,
  seldom: (n) => n % 900 === 0,
  early: (n) => n < 40,
  lone: (n) => n === 7,
  nobody: () => false,
};

const textOf = (n: number): string =>
  Object.keys(words)
    .filter((word) => words[word]?.(n))
    .join(' ');

test('a search finds the same documents and e-mails, newest first and page by page, however many have the word', async () => {
  const { database, companyId } = installation;
  for (const [word, has] of Object.entries(words)) {
    const expected = Array.from({ length: count }, (_, n) => count - 1 - n)
      .filter(has)
      .slice(0, 120);
    const documents = await pages(async (before) =>
      (await listDocuments(database, companyId, { q: word }, { before, limit: 40 })).map((row) => ({
        createdAt: row.created_at,
        id: row.document_id,
      })),
    );
    assert.deepEqual(
      documents,
      expected.map((n) => `doc_${n}`),
      word,
    );
    const messages = await pages(async (before) =>
      (await listMessages(database, companyId, { q: word }, { before, limit: 40 })).map((row) => ({
        createdAt: row.created_at,
        id: row.message_id,
      })),
    );
    assert.deepEqual(
      messages,
      expected.map((n) => `msg_${n}`),
      word,
    );
  }
});

test('a search keeps to the other filters, and to the part of an address', async () => {
  const { database, companyId } = installation;
  const page = { before: null, limit: 50 };
  const quotes = await listDocuments(
    database,
    companyId,
    { q: 'now', kind: 'quote', envelopes: ['sent'] },
    page,
  );
  assert.equal(quotes.length, 20); // of 40, every other one is a quote
  assert.ok(quotes.every((row) => row.kind === 'quote'));
  const some = await listMessages(database, companyId, { recipientPart: 'Person59', q: 'acme' }, page);
  assert.ok(some.length === 50 && some.every((row) => row.address.startsWith('person59')));
});

test('a number in a word is found as a part of that word only', async () => {
  const { database, companyId } = installation;
  const page = { before: null, limit: 50 };
  const addressesOf = async (filter: MessageFilter) =>
    (await listMessages(database, companyId, filter, page)).map((row) => row.address);
  assert.deepEqual(await addressesOf({ recipientPart: 'PERSON4242' }), ['person4242@c.example']);
  assert.deepEqual(await addressesOf({ recipientPart: 'person4242@c' }), ['person4242@c.example']);
  assert.deepEqual(await addressesOf({ recipientPart: 'somebody4242' }), []);
  assert.deepEqual(await addressesOf({ recipientPart: '4242%' }), []);
});

test('a span of days finds what the whole list holds of these days, page by page', async () => {
  const { database, companyId } = installation;
  for (const [from, to] of [
    ['2026-01-02', '2026-01-03'],
    ['2026-01-04', '2026-01-04'],
    ['2025-01-01', '2030-01-01'],
    ['2026-03-01', '2026-03-31'],
  ] as const) {
    const expected = Array.from({ length: count }, (_, n) => count - 1 - n)
      .filter((n) => n % 2 === 0 && dayOf(n) >= from && dayOf(n) <= to)
      .slice(0, 120);
    const found = await pages(async (before) =>
      (await listDocuments(database, companyId, { from, to, paid: 'unpaid' }, { before, limit: 40 })).map(
        (row) => ({ createdAt: row.created_at, id: row.document_id }),
      ),
    );
    assert.deepEqual(
      found,
      expected.map((n) => `doc_${n}`),
      `${from} ${to}`,
    );
  }
});

/** Documents of a day came in on several, in turns. */
const dayOf = (n: number): string => `2026-01-0${1 + (n % 5)}`;

interface At {
  readonly createdAt: Date;
  readonly id: string;
}

/** The ids of the first three pages. */
async function pages(read: (before: At | null) => Promise<At[]>): Promise<string[]> {
  const ids: string[] = [];
  let before: At | null = null;
  for (let n = 0; n < 3; n += 1) {
    const page: At[] = await read(before);
    ids.push(...page.map(({ id }) => id));
    before = page.at(-1) ?? null;
    if (!before) break;
  }
  return ids;
}

async function fill(): Promise<void> {
  const { database, companyId } = installation;
  const texts = Array.from({ length: count }, (_, n) => textOf(n));
  await sql`
    insert into document_overview (document_id, company_id, kind, number, customer_name, currency, paid, is_current, envelope, reached,
      dispatch_count, reminder_count, last_event_at, created_at, search, issue_date)
    select 'doc_' || n - 1, ${companyId}, (array['quote', 'invoice'])[1 + (n - 1) / 150 % 2], 'B-' || n, 'Acme', 'EUR',
      (array['unpaid', 'paid'])[1 + (n - 1) % 2], true, 'sent',
      '{"of":1,"count":1,"opened":1,"viewed":0,"downloaded":0}', 1, 0, d, d, text, date '2026-01-01' + ((n - 1) % 5)::int
    from unnest(${texts}::text[]) with ordinality as given (text, n), lateral (select timestamptz '2026-01-01' + n * interval '1 minute' as d) as day`.execute(
    database.worker,
  );
  await sql`
    insert into message_overview (message_id, company_id, dispatch_id, document_id, role, name, address, subject, attachment, kind, number, purpose, origin,
      sender_id, sender_address, delivery, engagement, opened_count, viewed_count, downloaded_count, attempt_count, last_event_at, due_at,
      created_at, search, day, envelope, category)
    select 'msg_' || n - 1, ${companyId}, 'dsp_' || n, 'doc_' || n - 1, 'to', '', 'person' || n - 1 || '@c.example', 'Invoice', 'a.pdf', 'invoice', 'B-' || n, 'first',
      'api', 'snd_1', 'a@b.example', 'handed_off', 'none', 0, 0, 0, 1, d, d, d, text || ' person' || n - 1 || '@c.example', d::date, 'sent', 'first'
    from unnest(${texts}::text[]) with ordinality as given (text, n), lateral (select timestamptz '2026-01-01' + n * interval '1 minute' as d) as day`.execute(
    database.worker,
  );
}

test('numbers beside tabs and filters are exact, and say where there are more than were counted', async () => {
  const { database, companyId } = installation;
  const exactly = (of: number) => ({ count: of, isMore: false });
  assert.deepEqual(await countDocuments(database, companyId, {}), { count: 1000, isMore: true });
  assert.deepEqual(await countDocuments(database, companyId, { kind: 'receipt' }), exactly(0));
  for (const [word, has] of Object.entries(words)) {
    const found = Array.from({ length: count }, (_, n) => n).filter(has);
    const invoices = found.filter((n) => Math.floor(n / 150) % 2 === 1);
    const counts = await countFound(database, companyId, { q: word }, [{}, { kind: 'invoice' }]);
    assert.deepEqual(counts, [exactly(found.length), exactly(invoices.length)], word);
  }
});

test('what every search has to read beside the index of texts stays short, however many rows have just come', async () => {
  for (const index of ['document_overview_search', 'message_overview_search']) {
    const { rows } = await installation.database.owner.query('select gin_clean_pending_list($1) as pages', [
      index,
    ]);
    assert.ok(Number(rows[0].pages) <= 32, `${rows[0].pages} pages of 8 kB waited in ${index}`);
  }
});
