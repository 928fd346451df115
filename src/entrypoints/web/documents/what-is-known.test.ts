import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Message } from '#domain/outbox';
import { type Engagement, noEngagement } from '#domain/tracking';
import { sampleView } from '../screens/sample-pages.tsx';
import { whatIsKnown, whyNoSign } from './what-is-known.ts';

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

test('why a mail waits is said as it is: only a server that asked to wait is said to have asked', () => {
  const waiting = (detail: string | null) => said({}, { delivery: 'deferred', detail });
  assert.match(waiting('greylisted'), /Their server asks new senders to wait.*Next try/);
  assert.match(waiting('over_limit'), /It waits for its turn.*Next try/);
  assert.match(waiting('connection_timeout'), /did not answer in time.*Next try/);
  assert.match(waiting(null), /^Could not be handed over yet\. Next try/);
});

test('of an answer without an opening it is not said that the e-mail is not known to be opened', () => {
  assert.equal(said({ level: 'replied', lastAt: at }), 'Accepted by their server. Answered.');
});

test('of what waits behind a code it says how it stands, and never that nothing is recorded', () => {
  const message = { id: 'msg_1', delivery: 'handed_off', detail: null, dueAt: at } as Message;
  const engagement = noEngagement('msg_1');
  const behindCode = 'Accepted, 28 Nov, 16:29.';
  const known = { message, engagement, tracking: 'none', isSandboxed: false, behindCode } as const;
  assert.equal(
    whatIsKnown(view, known),
    'Handed to the mail server. Accepted, 28 Nov, 16:29. Opening the e-mail is not recorded; what is done with the code is.',
  );
  assert.deepEqual(whyNoSign(view, known, { isAttached: false, isWithdrawn: true }), []);
});
