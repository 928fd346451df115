import { sql } from 'kysely';
import {
  countDocuments,
  countFound,
  type DocumentFilter,
  listDocuments,
  listMessages,
  type MessageFilter,
  messageCategories,
  readFigures,
  totalMessages,
} from '#domain/overview';
import type { Installation } from '../src/roof/installation.ts';
import { fillLists } from './fill-lists.ts';
import { benchInstallation } from './installation.ts';
import { figure, option, quantile, rounded } from './measure.ts';

/**
 * The lists that the screens show, over 10 k, 100 k and 1 M messages of one company (`--most` ends earlier): every filter, first page and a
 * deep one. Baseline: the same at 10 k, and the bare round trip to the database.
 */
export async function benchLists(args: readonly string[]): Promise<void> {
  const most = option(args, 'most', 1_000_000);
  const bench = await benchInstallation();
  const { installation, companyId } = bench;
  const small = new Map<string, number>();
  try {
    let filled = 0;
    for (const size of [10_000, 100_000, 1_000_000].filter((one) => one <= most)) {
      await fillLists(installation, companyId, filled, size);
      filled = size;
      figure('lists', {
        size,
        list: 'round trip',
        ...(await times(() => sql`select 1`.execute(installation.database.app))),
      });
      for (const [list, read] of lists(installation, companyId)) {
        const { p50, p95 } = await times(read);
        small.set(list, small.get(list) ?? p95);
        figure('lists', { size, list, p50, p95, timesTheSmallest: rounded(p95 / (small.get(list) ?? p95)) });
      }
    }
  } finally {
    await bench.close();
  }
}

type Read = [string, () => Promise<unknown>];

const page = { before: null, limit: 50 };
const deep = { createdAt: new Date('2026-06-01'), id: 'zzz' };

function lists(installation: Installation, companyId: string): Read[] {
  const { database } = installation;
  const messages = messageFilters();
  return [
    ...documentLists(installation, companyId),
    ...messages.map(([name, filter]): Read => [name, () => listMessages(database, companyId, filter, page)]),
    ['messages deep', () => listMessages(database, companyId, {}, { before: deep, limit: 50 })],
    ...messages.map(
      ([name, filter]): Read => [
        `totals of ${name}`,
        () => totalMessages(database, companyId, { ...filter, envelopes: undefined, category: undefined }),
      ],
    ),
    [
      'figures of a year',
      () => readFigures(database, companyId, { fromDay: '2026-01-01', toDay: '2026-12-31' }, '2026-12-31'),
    ],
    [
      'figures of a kind in a month',
      () => readFigures(database, companyId, { kind: 'quote', ...march }, '2026-12-31'),
    ],
  ];
}

function documentLists({ database }: Installation, companyId: string): Read[] {
  return [
    ...documentFilters.map(
      ([name, filter]): Read => [name, () => listDocuments(database, companyId, filter, page)],
    ),
    ['documents deep', () => listDocuments(database, companyId, {}, { before: deep, limit: 50 })],
    [
      'documents, numbers beside the tabs',
      () => Promise.all(tabs.map((one) => countDocuments(database, companyId, one))),
    ],
    ...['b-4242', 'customer 77', 'customer', 'nobody at all'].map(
      (q): Read => [
        `documents, numbers of a search: ${q}`,
        () => countFound(database, companyId, { q }, tabs),
      ],
    ),
  ];
}

const documentFilters: [string, DocumentFilter][] = [
  ['documents', {}],
  ['documents kind', { kind: 'quote' }],
  ['documents never sent', { envelopes: ['none'] }],
  ['documents failed', { envelopes: ['failed'] }],
  ['documents sent, not opened', { envelopes: ['sent', 'accepted'] }],
  ['documents unpaid', { paid: 'unpaid' }],
  ['documents overdue', { dueBefore: '2026-02-01' }],
  ['documents customer', { customerId: 'cus_7' }],
  ['documents reminded', { remindedAtLeast: 3 }],
  ['documents dates', { from: '2026-02-01', to: '2026-02-28' }],
  ['documents search number', { q: 'b-4242' }],
  ['documents search customer', { q: 'customer 77' }],
];
const tabs: DocumentFilter[] = [
  {},
  ...['invoice', 'quote', 'credit_note', 'receipt', 'order'].map((kind) => ({ kind })),
  { envelopes: ['none'] },
  { envelopes: ['sent', 'accepted'] },
  { envelopes: ['failed'] },
  { dueBefore: '2026-02-01' },
  { remindedAtLeast: 2 },
];
const year = { withoutCopies: true, fromDay: '2026-01-01', toDay: '2026-12-31' };
const march = { fromDay: '2026-03-01', toDay: '2026-03-31' };
const states = [
  'waiting',
  'sent',
  'accepted',
  'opened',
  'viewed',
  'downloaded',
  'replied',
  'held',
  'unconfirmed',
  'failed',
  'canceled',
] as const;

/** Every filter of the screen by itself, each with each state, and what finds nothing: that costs the most. */
function messageFilters(): [string, MessageFilter][] {
  const single: [string, MessageFilter][] = [
    ['year', {}],
    ['month', march],
    ['day without any', { fromDay: '2025-06-01', toDay: '2025-06-01' }],
    ['day and sender', { senderId: 'snd_1', fromDay: '2026-02-01', toDay: '2026-02-01' }],
    ['kind', { kind: 'quote' }],
    ['rare kind', { kind: 'receipt' }],
    ['sender', { senderId: 'snd_1' }],
    ...messageCategories.map((category): [string, MessageFilter] => [category, { category }]),
    ['recipient', { recipient: 'person77@customer.example' }],
    ['recipient part', { recipientPart: 'person4242' }],
    ['search', { q: 'person4242' }],
    ['search for a name', { q: 'customer 77' }],
    ['search without result', { q: 'nobody at all' }],
    ['recipient part and search', { recipientPart: 'person4242', q: 'customer' }],
    ['kind of a sender', { kind: 'quote', senderId: 'snd_1' }],
  ];
  return [
    ...single.map(([name, filter]): [string, MessageFilter] => [`e-mails ${name}`, { ...year, ...filter }]),
    ...states.map((state): [string, MessageFilter] => [`e-mails ${state}`, { ...year, envelopes: [state] }]),
    ...single
      .slice(1)
      .map(([name, filter]): [string, MessageFilter] => [
        `e-mails ${name}, failed`,
        { ...year, ...filter, envelopes: ['failed'] },
      ]),
    ['messages by delivery', { delivery: ['rejected'] }],
    ['messages by engagement', { engagement: ['opened'] }],
    ['messages of a dispatch', { dispatchId: 'dsp_7' }],
  ];
}

/** Milliseconds of 60 reads after 10 that warm up. */
async function times(read: () => Promise<unknown>): Promise<{ p50: number; p95: number }> {
  const measured: number[] = [];
  for (let n = 0; n < 70; n += 1) {
    const start = performance.now();
    await read();
    if (n >= 10) measured.push(performance.now() - start);
  }
  return { p50: rounded(quantile(measured, 0.5)), p95: rounded(quantile(measured, 0.95)) };
}
