import assert from 'node:assert/strict';
import { test } from 'node:test';
import { concernedBy, isMailed, lastDigestTime, noticesDue } from './digest.ts';
import type { Notice } from './notice.ts';

const notice = (openedAt: string): Notice => ({
  id: openedAt,
  companyId: 'com_1',
  kind: 'message_failed',
  subjectId: 'msg_1',
  dispatchId: null,
  documentId: null,
  data: {},
  openedAt: new Date(openedAt),
  closedAt: null,
});
const brussels = 'Europe/Brussels';
const due = (opened: readonly string[], mode: 'at_once' | 'daily' | 'off', now: string) =>
  noticesDue(opened.map(notice), { mode, hour: 8 }, brussels, new Date(now)).map((one) => one.id);

test('the daily mail has what was open at its hour on the clocks of the company, however late it is written', () => {
  // 8 h in Brussels is 7 h UTC in winter.
  const [early, late] = ['2026-11-27T06:59:00Z', '2026-11-27T07:01:00Z'];
  assert.deepEqual(due([early, late], 'daily', '2026-11-27T06:59:30Z'), []);
  assert.deepEqual(due([early, late], 'daily', '2026-11-27T07:00:00Z'), [early]);
  assert.deepEqual(due([early, late], 'daily', '2026-11-27T23:30:00Z'), [early]);
  assert.deepEqual(due([early, late], 'daily', '2026-11-28T07:00:05Z'), [early, late]);
});

test('the hour is found in summer and in winter, before and after midnight', () => {
  const at = (now: string) => lastDigestTime(brussels, 8, new Date(now)).toISOString();
  assert.equal(at('2026-11-27T07:00:00Z'), '2026-11-27T07:00:00.000Z');
  assert.equal(at('2026-11-27T06:59:59Z'), '2026-11-26T07:00:00.000Z');
  assert.equal(at('2026-07-27T06:00:00Z'), '2026-07-27T06:00:00.000Z');
  assert.equal(at('2026-07-26T23:10:00Z'), '2026-07-26T06:00:00.000Z');
});

test('at once waits two minutes from the first notice, and takes along what came meanwhile', () => {
  const opened = ['2026-11-27T10:00:00Z', '2026-11-27T10:01:30Z'];
  assert.deepEqual(due(opened, 'at_once', '2026-11-27T10:01:59Z'), []);
  assert.deepEqual(due(opened, 'at_once', '2026-11-27T10:02:00Z'), opened);
});

test('whoever wants none gets none, and nobody gets what is older than two weeks', () => {
  assert.deepEqual(due(['2026-11-27T06:00:00Z'], 'off', '2026-11-27T12:00:00Z'), []);
  assert.deepEqual(due(['2026-11-10T06:00:00Z'], 'daily', '2026-11-27T12:00:00Z'), []);
});

test('a notice concerns who sent; else the owners; and nobody when it is an own test', () => {
  const people = [
    { userId: 'usr_1', role: 'owner' },
    { userId: 'usr_2', role: 'member' },
    { userId: 'usr_3', role: 'owner' },
  ] as const;
  assert.deepEqual(concernedBy({ sentBy: 'usr_2', isOwnTest: false }, people), ['usr_2']);
  assert.deepEqual(concernedBy({ sentBy: 'key_1', isOwnTest: false }, people), ['usr_1', 'usr_3']);
  assert.deepEqual(concernedBy({ sentBy: 'usr_gone', isOwnTest: false }, people), ['usr_1', 'usr_3']);
  assert.deepEqual(concernedBy({ sentBy: null, isOwnTest: false }, people), ['usr_1', 'usr_3']);
  assert.deepEqual(concernedBy({ sentBy: 'usr_2', isOwnTest: true }, people), []);
});

test('what a customer does on his page is not mailed again', () => {
  assert.equal(isMailed({ kind: 'customer_replied' }), false);
  assert.equal(isMailed({ kind: 'sender_broken' }), true);
});
