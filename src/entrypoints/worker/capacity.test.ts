import assert from 'node:assert/strict';
import { test } from 'node:test';
import { busySenders, type Capacity, mayFindMore, roomForMore } from './capacity.ts';

const capacity: Capacity = { inAll: 60, perSender: 20 };

const one = (senderId: string) => ({ message: { senderId } });
const some = (senderId: string, count: number) => Array.from({ length: count }, () => one(senderId));

test('a sender that has all it may have is busy, and one with fewer is not', () => {
  assert.deepEqual(busySenders([...some('full', 20), ...some('free', 19)], capacity), ['full']);
});

test('there is room for half a batch or more, or for none', () => {
  assert.equal(roomForMore(0, capacity), 50);
  assert.equal(roomForMore(35, capacity), 25);
  assert.equal(roomForMore(36, capacity), 0);
});

test('a worker that may have few in hand takes them one by one', () => {
  const few: Capacity = { inAll: 1, perSender: 1 };
  assert.equal(roomForMore(0, few), 1);
  assert.equal(roomForMore(1, few), 0);
  assert.ok(mayFindMore(one('a'), [], few));
});

test('the queue is looked at again when a sender is free again, when there is room again, and when nothing is left', () => {
  assert.ok(mayFindMore(one('a'), [...some('a', 19), ...some('b', 11)], capacity));
  assert.ok(mayFindMore(one('a'), [...some('a', 5), ...some('b', 30)], capacity));
  assert.ok(mayFindMore(one('a'), [], capacity));
});

test('the queue is not looked at while the sender stays busy or there was room before', () => {
  assert.ok(!mayFindMore(one('a'), some('a', 30), capacity));
  assert.ok(!mayFindMore(one('a'), some('a', 12), capacity));
});
