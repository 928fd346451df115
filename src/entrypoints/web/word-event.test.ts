import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { EventData, RecordedEvent } from '#domain/evidence';
import { wordEventIn } from './index.ts';

function eventOf(type: RecordedEvent['type'], data: EventData): RecordedEvent {
  const none = { logIndex: null, dispatchId: null, messageId: null, documentId: null, prev: null };
  const bytes = { raw: Buffer.alloc(0), hash: Buffer.alloc(32) };
  return {
    ...{ ...none, ...bytes, id: 'evt_1', companyId: 'com_1', n: 1, type, data },
    ...{ at: new Date(0), actor: 'server', certainty: 'certain' },
  };
}

test('a report says why a mail was refused: in the words of the server, or in ours where none spoke', () => {
  const refused = eventOf('message.rejected', {
    code: 550,
    reply: '5.1.1 No such user',
    problem: 'mailbox_unknown',
  });
  assert.match(
    wordEventIn('en', refused, 'els@peeters.example'),
    /els@peeters\.example.* · 550 5\.1\.1 No such user$/,
  );
  const back = eventOf('message.bounced', { code: 550, reply: '550 5.1.1 User unknown' });
  assert.match(wordEventIn('en', back, 'els@peeters.example'), / · 550 5\.1\.1 User unknown$/);
  const unknown = eventOf('message.rejected', { problem: 'domain_unknown' });
  assert.match(wordEventIn('de', unknown, 'els@peeters.example'), / · .*gibt es nicht/);
});

test('a report adds no words of a server to what went well', () => {
  const accepted = eventOf('message.accepted', { code: 250, reply: '2.0.0 Ok' });
  assert.doesNotMatch(wordEventIn('en', accepted, null), /2\.0\.0/);
});
