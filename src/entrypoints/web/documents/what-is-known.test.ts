import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Message } from '#domain/outbox';
import { type Engagement, noEngagement } from '#domain/tracking';
import { sampleView } from '../screens/sample-pages.tsx';
import { whatIsKnown } from './what-is-known.ts';

const view = sampleView('en', '/', { style: '', script: '', liveWorker: '' });
const at = new Date('2026-11-20T09:00:00Z');

function said(known: Partial<Engagement>, message: Partial<Message> = {}): string {
  const sent = { delivery: 'accepted', detail: null, address: 'els@peeters.example', dueAt: at, ...message };
  const engagement = { ...noEngagement('msg_1'), ...known };
  return whatIsKnown(view, {
    message: sent as Message,
    engagement,
    tracking: 'full',
    isSandboxed: false,
  });
}

test('a page that was fetched, probably by a person, is no silence', () => {
  assert.match(said({}), /Not known to be opened/);
  for (const level of ['none', 'machine_only'] as const)
    assert.match(
      said({ level, fetchedCount: 1, lastFetchedAt: at }),
      /Accepted by their server\. Page fetched .*, probably by a person\.$/,
    );
});

test('of an answer without an opening it is not said that the e-mail is not known to be opened', () => {
  assert.equal(said({ level: 'replied', lastAt: at }), 'Accepted by their server. Answered.');
});
