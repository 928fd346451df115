import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { DeliveryState } from '#domain/outbox';
import { engagementLevels } from '#domain/tracking';
import { type EnvelopeMessage, envelopeOf } from './envelope.ts';

const states: readonly DeliveryState[] = [
  ...(['scheduled', 'held', 'queued', 'sending', 'deferred', 'handed_off', 'accepted'] as const),
  ...(['unconfirmed', 'rejected', 'expired', 'bounced', 'complained', 'canceled'] as const),
];
const aMessage: fc.Arbitrary<EnvelopeMessage> = fc.record({
  role: fc.constantFrom('to' as const, 'cc' as const, 'bcc' as const, 'copy' as const),
  delivery: fc.constantFrom(...states),
  engagement: fc.constantFrom(...engagementLevels),
  replacedBy: fc.constant(null),
});

test('a document is never shown as sent when no To recipient has it', () => {
  const sent = new Set(['sent', 'accepted', 'opened', 'viewed', 'downloaded', 'replied']);
  fc.assert(
    fc.property(fc.array(aMessage, { maxLength: 6 }), (messages) => {
      if (!sent.has(envelopeOf(messages).envelope)) return;
      const to = messages.filter((message) => message.role === 'to');
      assert.ok(to.some(({ delivery }) => delivery === 'handed_off' || delivery === 'accepted'));
      assert.ok(!to.some(({ delivery }) => ['rejected', 'expired', 'bounced'].includes(delivery)));
    }),
    { numRuns: 1000 },
  );
});
