import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { classifyHit } from './classify-hit.ts';
import { describeHit } from './describe-hit.ts';
import type { HitFacts, PastHit } from './hit.ts';
import { readRuleset, shippedRuleset } from './ruleset.ts';

const chrome =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36';
const iphone =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1';
const outlook =
  'Mozilla/4.0 (compatible; MSIE 7.0; Windows NT 10.0; WOW64; Trident/7.0; Microsoft Outlook 16.0.17928; ms-office)';
const gmail = 'Mozilla/5.0 (Windows NT 5.1; rv:11.0) Gecko Firefox/11.0 (via ggpht.com GoogleImageProxy)';
const prefetch =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/42.0.2311.135 Safari/537.36 Edge/12.246 Mozilla/5.0';
const yahoo = 'YahooMailProxy; https://help.yahoo.com/kb/yahoo-mail-proxy-SLN28749.html';
const home = '81.82.83.84';

type Row = [what: string, path: string, agent: string, ip: string, seconds: number | null, expected: string];

// Each line is a row of the research table; its sources stand in rules.json.
const table: Row[] = [
  ['Apple Mail Privacy Protection', '/o/t.gif', 'Mozilla/5.0', '17.58.1.1', 60, 'privacy_proxy certain'],
  ['the same agent on a page', '/d/t', 'Mozilla/5.0', '17.58.1.1', 60, 'privacy_proxy probable'],
  ['Gmail, opened by a person', '/o/t.gif', gmail, '66.249.93.12', 3600, 'proxied certain'],
  ['Gmail soon after delivery', '/o/t.gif', gmail, '66.102.8.1', 0.5, 'proxied certain'],
  ['the Gmail agent from elsewhere', '/o/t.gif', gmail, home, 3600, 'proxied probable'],
  ['Gmail prefetch', '/o/t.gif', prefetch, '66.249.84.1', 20, 'prefetch certain'],
  ['Gmail prefetch by version 6', '/o/t.gif', prefetch, '2a00:1450:4000::1', 20, 'prefetch certain'],
  ['its agent from elsewhere', '/o/t.gif', prefetch, home, 20, 'prefetch probable'],
  ['Yahoo proxy', '/o/t.gif', yahoo, '98.137.64.1', 500, 'proxied probable'],
  ['Microsoft EOP, page', '/d/t', chrome, '40.107.1.2', 90_000, 'scanner certain'],
  ['Microsoft EOP, pixel', '/o/t.gif', chrome, '104.47.9.9', 5, 'scanner certain'],
  ['Microsoft EOP, mapped address', '/d/t', chrome, '::ffff:52.101.1.1', 5, 'scanner certain'],
  ['Microsoft EOP, version 6', '/d/t', iphone, '2a01:111:f400::25', 5, 'scanner certain'],
  ['one address beside EOP, later', '/d/t', chrome, '52.238.78.89', 5000, 'person probable'],
  ['a cloud of Microsoft at delivery, link', '/d/t', chrome, '20.54.37.1', 60, 'scanner probable'],
  ['a cloud of Microsoft at delivery, image', '/o/t.gif', chrome, '20.54.37.1', 60, 'person probable'],
  ['Cisco at delivery', '/d/t', chrome, '68.232.140.9', 60, 'scanner probable'],
  ['a person isolated by Cisco, later', '/d/t', chrome, '68.232.140.9', 7200, 'person probable'],
  ['Outlook on the web is not EOP', '/o/t.gif', chrome, '40.100.0.1', 3600, 'person probable'],
  ['Barracuda', '/d/t', chrome, '209.222.82.10', 5, 'scanner certain'],
  ['Proofpoint at delivery', '/d/t', chrome, '67.231.152.7', 30, 'scanner probable'],
  ['a person isolated by Proofpoint, later', '/d/t', chrome, '67.231.152.7', 7200, 'person probable'],
  ['Mimecast at delivery', '/o/t.gif', chrome, '195.130.217.9', 30, 'scanner probable'],
  ['Google fetching a link', '/d/t', chrome, '66.249.80.1', 30, 'scanner probable'],
  ['Google fetching an image with a browser', '/o/t.gif', chrome, '66.249.80.1', 30, 'person probable'],
  ['Safe Links by its name', '/d/t', 'Mozilla/5.0 (x) SafeLinks/1.0', home, 9000, 'scanner certain'],
  ['a crawler', '/d/t', 'Mozilla/5.0 (compatible; Googlebot/2.1)', home, 9000, 'scanner probable'],
  ['pixel a second after hand-over', '/o/t.gif', outlook, home, 1, 'scanner probable'],
  ['pixel before hand-over', '/o/t.gif', outlook, home, -0.2, 'scanner probable'],
  ['page five seconds after hand-over', '/d/t', chrome, home, 5, 'scanner probable'],
  ['a page that stayed visible', '/d/t/seen', chrome, home, 5, 'person probable'],
  ['Outlook loading images', '/o/t.gif', outlook, home, 600, 'person probable'],
  ['a phone', '/d/t', iphone, '2a02:a03f:6000::1', 600, 'person probable'],
  ['hand-over not known', '/d/t', chrome, home, null, 'person probable'],
  [
    'a browser without a screen',
    '/d/t',
    'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/130.0.0.0 Safari/537.36',
    home,
    600,
    'scanner probable',
  ],
  ['curl', '/d/t', 'curl/8.5.0', home, 600, 'unknown probable'],
  ['no agent', '/o/t.gif', '', home, 600, 'unknown probable'],
  ['no address', '/o/t.gif', outlook, 'nonsense', 600, 'person probable'],
  ['a preview by staff', '/preview/doc_1', chrome, home, 600, 'staff certain'],
];

for (const [what, path, userAgent, ip, secondsSinceDelivery, expected] of table)
  test(`${what}: ${expected}`, () => {
    const said = describeHit({ path, method: 'GET', userAgent, ip, secondsSinceDelivery }, new Date());
    assert.ok(said.ok);
    assert.equal(`${said.hit.actor} ${said.hit.certainty}`, expected, said.hit.reasons.join());
    assert.equal(said.hit.ruleset, shippedRuleset.version);
    assert.equal(said.hit.reasons.length, 1);
  });

test('HEAD is a program, whoever it says it is', () => {
  const said = describeHit({ path: '/d/t', method: 'HEAD', userAgent: chrome, ip: home }, new Date());
  assert.deepEqual(said.ok && said.hit.reasons, ['head_request']);
});

test('a question that is no hit is refused with a sentence', () => {
  for (const input of [null, 'x', {}, { path: 3 }, { path: '/d/t', secondsSinceDelivery: 'soon' }]) {
    const said = describeHit(input, new Date());
    assert.equal(said.ok, false);
  }
});

const at = new Date('2026-11-22T10:00:00Z');
const facts: HitFacts = {
  signal: 'page',
  method: 'GET',
  userAgent: chrome,
  ip: home,
  session: 's1',
  documentId: null,
  isStaff: false,
  isLocal: false,
  at,
  secondsSinceDelivery: 3600,
};
const past = (of: Partial<PastHit>): PastHit => ({
  at,
  signal: 'page',
  actor: 'unknown',
  session: null,
  network: '81.82.83.0/24',
  documentId: null,
  ...of,
});

test('staff are staff whatever the rest says', () => {
  const said = classifyHit({ ...facts, isStaff: true, ip: '40.107.1.2', method: 'HEAD' }, []);
  assert.deepEqual(said.reasons, ['staff_mark']);
});

test('pixel, page and file of one message from one network in a moment are a program', () => {
  const others = [past({ signal: 'pixel' }), past({ signal: 'file', documentId: 'doc_1' })];
  assert.deepEqual(classifyHit(facts, others).reasons, ['many_at_once']);
  const later = others.map((one) => ({ ...one, at: new Date(at.getTime() + 5000) }));
  assert.equal(classifyHit(facts, later).actor, 'person');
  const elsewhere = others.map((one) => ({ ...one, network: '192.0.2.0/24' }));
  assert.equal(classifyHit(facts, elsewhere).actor, 'person');
});

test('a session that a person viewed overrules haste, but no scanner network', () => {
  const viewed = [past({ signal: 'view', actor: 'person', session: 's1' })];
  assert.deepEqual(classifyHit({ ...facts, secondsSinceDelivery: 4 }, viewed).reasons, ['session_viewed']);
  assert.equal(classifyHit({ ...facts, ip: '40.107.1.2' }, viewed).actor, 'scanner');
  assert.equal(classifyHit({ ...facts, session: 's2', secondsSinceDelivery: 4 }, viewed).actor, 'scanner');
});

test('at a portal on this machine only, haste and a browser without a screen say nothing', () => {
  const headless = chrome.replace('Chrome/', 'HeadlessChrome/');
  const others = [past({ signal: 'pixel' }), past({}), past({ signal: 'file', documentId: 'doc_1' })];
  for (const secondsSinceDelivery of [-1, 0, 4, null])
    for (const userAgent of [chrome, headless])
      for (const signal of ['pixel', 'page', 'file'] as const) {
        const hit = { ...facts, signal, userAgent, secondsSinceDelivery };
        assert.equal(classifyHit({ ...hit, isLocal: true }, others).actor, 'person');
        assert.equal(classifyHit(hit, others).actor, 'scanner');
      }
});

test('at a portal on this machine every other rule holds', () => {
  const local = { ...facts, isLocal: true };
  const others: [Partial<HitFacts>, string][] = [
    [{ method: 'HEAD' }, 'scanner'],
    [{ isStaff: true }, 'staff'],
    [{ signal: 'pixel', userAgent: 'Mozilla/5.0' }, 'privacy_proxy'],
    [{ signal: 'pixel', userAgent: gmail }, 'proxied'],
    [{ signal: 'pixel', userAgent: prefetch }, 'prefetch'],
    [{ ip: '40.107.1.2' }, 'scanner'],
    [{ userAgent: 'curl/8.5.0' }, 'unknown'],
  ];
  for (const [over, actor] of others) assert.equal(classifyHit({ ...local, ...over }, []).actor, actor);
});

test('any request from outside gets a class, and a person is never certain', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary', maxLength: 300 }),
      fc.oneof(fc.ipV4(), fc.ipV6(), fc.string()),
      fc.oneof(fc.constantFrom('GET', 'HEAD', 'POST'), fc.string()),
      fc.string(),
      fc.option(fc.double({ noNaN: true, noDefaultInfinity: true })),
      (userAgent, ip, method, path, secondsSinceDelivery) => {
        const said = describeHit(
          { path, method: method.slice(0, 20), userAgent, ip, secondsSinceDelivery },
          at,
        );
        assert.ok(said.ok);
        if (said.hit.actor === 'person') assert.equal(said.hit.certainty, 'probable');
      },
    ),
  );
});

test('a rules file with a mistake is refused', () => {
  assert.throws(() => readRuleset('{}'));
  assert.throws(() => readRuleset('not json'));
});
