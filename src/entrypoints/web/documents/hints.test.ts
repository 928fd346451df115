import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Dispatch } from '#domain/dispatch';
import type { Document } from '#domain/documents';
import type { Message } from '#domain/outbox';
import { type Engagement, noEngagement, type RecordedHit } from '#domain/tracking';
import { sampleView } from '../screens/sample-pages.tsx';
import { hintsOn } from './hints.ts';
import type { Sendings } from './sendings.ts';

const sent = new Date('2026-11-01T08:00:00Z');
const view = sampleView('en', '/documents/doc_1', { style: '', script: '', liveWorker: '' });

/** The names of the hints on an invoice that went to one person, `days` after it left. */
function hintsAfter(
  days: number,
  known: Partial<Engagement>,
  more: {
    hintsOff?: string[];
    attach?: boolean;
    paidOn?: string;
    disputed?: boolean;
    networks?: string[];
    reasons?: string[];
  } = {},
): string[] {
  const message = {
    id: 'msg_1',
    dispatchId: 'dsp_1',
    role: 'to',
    delivery: 'accepted',
    settledAt: sent,
    position: 0,
  };
  const dispatch = {
    id: 'dsp_1',
    attach: more.attach ?? false,
    tracking: 'full',
    canceledAt: null,
    otherMeans: null,
  };
  const document = {
    kind: 'invoice',
    paidOn: more.paidOn ?? null,
    paidAmount: null,
    disputedAt: more.disputed ? sent : null,
    total: '10.00',
    amountDue: '10.00',
  };
  const sendings = {
    dispatches: [dispatch as unknown as Dispatch],
    messages: new Map([['msg_1', message as unknown as Message]]),
    engagements: new Map([['msg_1', { ...noEngagement('msg_1'), ...known }]]),
    sandboxes: new Set<string>(),
    trialSender: null,
  } as unknown as Sendings;
  const hits = (more.networks ?? []).map(
    (network) =>
      ({
        messageId: 'msg_1',
        actor: 'person',
        signal: 'view',
        network,
        reasons: more.reasons ?? ['visible_in_browser'],
      }) as unknown as RecordedHit,
  );
  const now = new Date(sent.getTime() + days * 86_400_000);
  const company = { hintsOff: more.hintsOff ?? [] };
  return hintsOn(view, company, document as unknown as Document, sendings, hits, now).map(({ name }) => name);
}

test('where a page was fetched, probably by a person, nobody is said to have left no sign', () => {
  assert.deepEqual(hintsAfter(8, {}), ['notReached']);
  assert.deepEqual(hintsAfter(8, { fetchedCount: 1 }), []);
  assert.deepEqual(hintsAfter(8, { level: 'machine_only', fetchedCount: 1 }), []);
});

test('one reading with a click is one, and of a disputed invoice more time is not offered', () => {
  assert.deepEqual(hintsAfter(1, { level: 'viewed', openedCount: 3, viewedCount: 3 }), []);
  assert.deepEqual(hintsAfter(1, { level: 'viewed', openedCount: 3, viewedCount: 5 }), ['unpaid']);
  assert.deepEqual(hintsAfter(1, { level: 'opened', openedCount: 5 }, { disputed: true }), []);
});

test('an invoice that was read five times and is not paid may need more time', () => {
  assert.deepEqual(hintsAfter(1, { level: 'opened', openedCount: 5 }), ['unpaid']);
  assert.deepEqual(hintsAfter(1, { level: 'opened', openedCount: 4 }), []);
  assert.deepEqual(hintsAfter(1, { level: 'opened', openedCount: 5 }, { paidOn: '2026-11-02' }), []);
});

test('what was opened and never downloaded is said after three days, where it was not attached', () => {
  assert.deepEqual(hintsAfter(3, { level: 'opened', openedCount: 1 }), ['notDownloaded']);
  assert.deepEqual(hintsAfter(2, { level: 'opened', openedCount: 1 }), []);
  assert.deepEqual(hintsAfter(3, { level: 'opened', openedCount: 1 }, { attach: true }), []);
});

test('no sign for a week, and only machines, are two different things', () => {
  assert.deepEqual(hintsAfter(7, {}), ['notReached']);
  assert.deepEqual(hintsAfter(7, { level: 'machine_only', machineCount: 2 }), ['onlyMachines']);
});

test('visits from three networks may mean that it was passed on', () => {
  const networks = ['192.0.2.0/24', '198.51.100.0/24', '203.0.113.0/24'];
  assert.deepEqual(hintsAfter(1, { level: 'viewed', viewedCount: 3 }, { networks }), ['forwarded']);
});

test('networks of a relay are one person’s, and say nothing about passing on', () => {
  const networks = ['172.225.136.0/24', '172.225.226.0/24', '104.28.34.0/24'];
  const reasons = ['visible_in_browser', 'relay_network'];
  assert.deepEqual(hintsAfter(1, { level: 'viewed', viewedCount: 3 }, { networks, reasons }), []);
});

test('each hint can be turned off', () => {
  assert.deepEqual(hintsAfter(7, {}, { hintsOff: ['notReached'] }), []);
});
