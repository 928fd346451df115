import assert from 'node:assert/strict';
import { test } from 'node:test';
import { languages } from '#base/language';
import { shippedRuleset } from '#domain/tracking';
import { staffTexts } from '../texts/index.ts';
import { happeningOf, wordEvent } from './event-words.ts';
import { sampleView } from './sample-pages.tsx';

const view = sampleView('en', '/', { style: '', script: '', liveWorker: '' });

function visit(type: string, actor: string, data: Readonly<Record<string, unknown>> = {}) {
  return { type, actor, at: new Date(0), certainty: 'probable' as const, data, who: 'Els' };
}

/** What the tracking writes down: a view or download that is no person's is a page or file that was fetched. */
const visits = ['pixel_fetched', 'page_fetched', 'file_fetched', 'link_failed'].flatMap((type) =>
  ['person', 'proxied', 'privacy_proxy', 'prefetch', 'scanner', 'unknown'].map((actor) => [type, actor]),
);

const reasons: [string, string][] = [
  ...shippedRuleset.rules.map((rule): [string, string] => [rule.actor, rule.reason]),
  ['scanner', 'too_soon'],
  ['scanner', 'many_at_once'],
  ['unknown', 'no_agent'],
  ['unknown', 'agent_not_known'],
  ['unknown', 'own_copy_in_sent'],
  ['person', 'browser_agent'],
  ['person', 'session_viewed'],
  ['person', 'visible_in_browser'],
  ['person', 'relay_network'],
];

test('every visit has words in every language, whoever made it', () => {
  const seen = [...visits, ['page_viewed', 'person'], ['file_downloaded', 'person']];
  for (const language of languages)
    for (const [type, actor] of seen) {
      const t = staffTexts(language);
      const event = visit(`visit.${type}`, actor ?? '', { failure: 'expired' });
      const said = wordEvent(t, event);
      assert.ok(!said.includes(`visit.${type}`), `${language}: ${said}`);
      assert.ok(happeningOf({ ...view, t }, event).class, `${language}: ${type} by ${actor}`);
    }
});

test('an unknown program is never told as a person, and Gmail’s proxy only where it loads a picture', () => {
  const curl = happeningOf(view, visit('visit.page_fetched', 'unknown'));
  assert.deepEqual(
    [curl.actor, curl.what, curl.class],
    ['machine', 'Els: page fetched by an unknown program', 'unknown program'],
  );
  for (const [type, actor] of visits) {
    const isPerson = actor === 'person' || (actor === 'proxied' && type === 'pixel_fetched');
    const told = happeningOf(view, visit(`visit.${type}`, actor ?? ''));
    assert.equal(told.actor === 'machine', !isPerson, `${type} by ${actor}`);
    if (!isPerson) assert.doesNotMatch(`${told.what} ${told.class}`, /person/, `${type} by ${actor}`);
  }
});

test('a program with a key of the company is no unknown one', () => {
  assert.equal(happeningOf(view, visit('dispatch.submitted', 'program')).class, undefined);
});

test('somebody who answers on the page is no machine, although it is not known who he is', () => {
  const accepted = happeningOf(view, visit('decision.accepted', 'unknown'));
  assert.deepEqual([accepted.actor, accepted.what], ['person', 'Els accepted']);
});

test('a label says why it was given, by which rule and where that comes from, in every language', () => {
  for (const [actor, reason] of reasons) {
    const event = visit('visit.page_fetched', actor, { reasons: [reason], ruleset: '1' });
    for (const language of languages) {
      const t = staffTexts(language);
      assert.ok(t.has(`label.${reason}`), `${language}: ${reason}`);
      const told = happeningOf({ ...view, t }, { ...event, sources: shippedRuleset.sources });
      assert.match(told.reasons?.[0]?.rule ?? '', new RegExp(reason));
    }
  }
});

test('a rule of the operator’s own file is named, and one that nobody asks for is not', () => {
  const event = visit('visit.page_fetched', 'scanner', { reasons: ['house_rule'], ruleset: 'ours-1' });
  const told = happeningOf(view, { ...event, sources: new Map([['house_rule', 'our own list']]) });
  assert.deepEqual(told.reasons, [
    {
      text: 'A rule of this installation says so: house_rule.',
      rule: 'Rule house_rule, rules ours-1',
      source: 'Source: our own list',
    },
  ]);
  assert.equal(happeningOf(view, event).reasons, undefined);
});
