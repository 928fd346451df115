import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import fc from 'fast-check';
import { newId } from '#base/ids';
import { makeCustomerMark, playMail, readCustomerMark } from './customer-mark.ts';
import { deriveStaffKey, makeStaffMark, readStaffMark } from './staff-mark.ts';
import { deriveLinkKey, linkTokens, linkUrls } from './token.ts';

const now = new Date('2026-11-22T12:00:00Z');
const staffKey = deriveStaffKey(randomBytes(32));
const linkKey = deriveLinkKey(randomBytes(32));
const messageId = newId('message', now);
const other = newId('message', now);
const portalUrl = 'https://bills.example/customers/';
const urls = linkUrls(portalUrl, linkTokens(linkKey, messageId, 1));
const mark = makeCustomerMark(staffKey, messageId);

test('a mark plays the customer of its own message only', () => {
  assert.match(mark, /^[\w-]{32}$/);
  assert.ok(readCustomerMark(staffKey, messageId, mark));
  assert.ok(!readCustomerMark(staffKey, other, mark));
  assert.ok(!readCustomerMark(deriveStaffKey(randomBytes(32)), messageId, mark));
  assert.ok(!readCustomerMark(staffKey, messageId, undefined));
});

test('what anybody made up or changed is no mark, and neither mark is the other', () => {
  fc.assert(fc.property(fc.string(), (text) => assert.ok(!readCustomerMark(staffKey, messageId, text))));
  fc.assert(
    fc.property(fc.nat({ max: mark.length - 1 }), fc.string({ minLength: 1, maxLength: 1 }), (at, letter) => {
      const changed = mark.slice(0, at) + letter + mark.slice(at + 1);
      if (changed !== mark) assert.ok(!readCustomerMark(staffKey, messageId, changed));
    }),
  );
  const staffMark = makeStaffMark(staffKey, [messageId], new Date('2027-01-01T00:00:00Z'));
  assert.ok(!readCustomerMark(staffKey, messageId, staffMark));
  assert.ok(!readCustomerMark(staffKey, messageId, staffMark.split('~')[2]));
  assert.deepEqual(readStaffMark(staffKey, mark, now), []);
});

test('in a mail only our own addresses of this message get the mark, of any generation', () => {
  const older = linkUrls(portalUrl, linkTokens(linkKey, messageId, 7));
  const strange = linkUrls(portalUrl, linkTokens(linkKey, other, 1));
  const play = (html: string): string => playMail(html, { portalUrl, linkKey, staffKey, messageId });
  for (const [before, then] of [
    [`<a href="${urls.page}">`, `<a href="${urls.page}?as=${mark}">`],
    [`<a href="${urls.page}#document-2">`, `<a href="${urls.page}?as=${mark}#document-2">`],
    [`<img src="${urls.pixel}" alt="">`, `<img src="${urls.pixel}?as=${mark}" alt="">`],
    [`<a href='${older.page}/file/doc_1.pdf'>`, `<a href='${older.page}/file/doc_1.pdf?as=${mark}'>`],
  ] as const)
    assert.equal(play(before), then);
  for (const html of [
    `<a href="${urls.withdraw}">`,
    `<a href="${strange.page}">`,
    `<a href="${urls.page.replace('bills.example', 'billsxexample')}">`,
    `<a href="${urls.page}AAAA">`,
    `<a href="${urls.page}?lang=fr">`,
    '<p>https://example.com/d/x</p>',
  ])
    assert.equal(play(html), html);
});
