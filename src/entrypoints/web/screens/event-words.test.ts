import assert from 'node:assert/strict';
import { test } from 'node:test';
import { languages } from '#base/language';
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

test('somebody who answers on the page is no machine, although it is not known who he is', () => {
  const accepted = happeningOf(view, visit('decision.accepted', 'unknown'));
  assert.deepEqual([accepted.actor, accepted.what], ['person', 'Els accepted']);
});
