import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { RecordedEvent } from '#domain/evidence';
import { endingOf, knownLevel } from './known-level.ts';

const message = { id: 'msg_1', address: 'els@mail.peeters.example', delivery: 'handed_off' } as const;

const event = (type: string, data: Record<string, unknown> = {}, messageId = 'msg_1') =>
  ({ type, data, messageId }) as unknown as RecordedEvent;

const signed = (dkimDomain: string, dkim = 'pass') => ({ returnedMail: 'ret_1', dkim, dkimDomain });

test('an answer that the recipient’s own domain has signed stands above what servers said', () => {
  for (const domain of ['mail.peeters.example', 'peeters.example', 'Peeters.example'])
    assert.equal(knownLevel(message, [event('message.replied', signed(domain))]), '3');
});

test('a signature of another domain, a broken one, and one about another message change nothing', () => {
  for (const data of [
    signed('vautrin.example'),
    signed('eters.example'),
    signed('example'),
    signed('peeters.example', 'fail'),
    { dkim: 'pass', dkimDomain: 'peeters.example' },
  ])
    assert.equal(knownLevel(message, [event('message.replied', data)]), '1');
  const other = event('message.replied', signed('peeters.example'), 'msg_2');
  assert.equal(knownLevel(message, [other]), '1');
});

test('a signed bounce is a failure and no reaction; opened pages count for nothing', () => {
  const bounced = { ...message, delivery: 'bounced' } as const;
  assert.equal(knownLevel(bounced, [event('message.bounced', signed('peeters.example'))]), 'failed');
  assert.equal(knownLevel(message, [event('visit.viewed')]), '1');
});

test('a code stands above a signature, and a decision above both', () => {
  const reply = event('message.replied', signed('peeters.example'));
  assert.equal(knownLevel(message, [reply, event('content.handed_over')]), '4');
  assert.equal(knownLevel(message, [reply, event('content.handed_over'), event('decision.accepted')]), '5');
  assert.equal(knownLevel(message, [reply, event('decision.refused')]), 'refused');
});

test('a delivery behind a code says first how it ended: by itself, by its sender, or not yet', () => {
  const submitted = event('notification.submitted');
  assert.equal(endingOf(message, []), null, 'a plain mail has no ending');
  assert.equal(endingOf(message, [submitted]), 'running');
  assert.equal(endingOf(message, [submitted, event('decision.expired')]), 'expired');
  assert.equal(endingOf(message, [submitted, event('notification.failed')]), 'undeliverable');
  assert.equal(endingOf(message, [submitted, event('content.withdrawn')]), 'withdrawn');
  assert.equal(endingOf(message, [submitted, event('decision.expired', {}, 'msg_2')]), 'running');
  for (const type of ['decision.accepted', 'decision.refused', 'content.handed_over'])
    assert.equal(endingOf(message, [submitted, event(type)]), null, type);
});

test('a mail that was taken back, or given up, did not come back', () => {
  assert.equal(knownLevel({ ...message, delivery: 'canceled' }, []), 'canceled');
  assert.equal(knownLevel({ ...message, delivery: 'expired' }, []), 'gave_up');
  assert.equal(knownLevel({ ...message, delivery: 'rejected' }, []), 'failed');
});

test('a receipt of a provider proves something where its signature leads to a root that the sender trusts', () => {
  const receipt = (result: string, counted = true) =>
    event('provider.receipt_received', { counted, signature: { result } });
  assert.equal(knownLevel(message, [receipt('valid')]), 'P');
  for (const result of ['unknown_root', 'unsigned', 'no_pdf'])
    assert.equal(knownLevel(message, [receipt(result)]), '1', result);
  assert.equal(knownLevel(message, [receipt('valid', false)]), '1');
});
