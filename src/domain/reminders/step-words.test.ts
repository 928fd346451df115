import assert from 'node:assert/strict';
import { test } from 'node:test';
import { languages } from '#base/language';
import { type Policy, type Step, textsOfStep } from './index.ts';

const steps = [-3, 7, 14, 28].map((days): Step => ({ days, senderId: null, letter: false, texts: {} }));
const textsOfAll = () =>
  steps.flatMap((step) => {
    const texts = textsOfStep({ steps } as unknown as Policy, step, 'invoice');
    return languages.map((language) => ({ language, ...texts[language] }));
  });

test('no word of a reminder agrees with the gender of one kind of document: the same text is about invoices and statements', () => {
  const bound = {
    fr: /ouverte\b|impayée\b|réglée\b/,
    it: /saldat[oa]\b|aperta\b/,
    ro: /neplătită?\b|trecut\b/,
  };
  for (const { language, html } of textsOfAll()) {
    const single = html.split('{% else %}')[1] ?? '';
    const pattern = language in bound ? bound[language as keyof typeof bound] : null;
    if (pattern) assert.doesNotMatch(single, pattern, language);
  }
});

test('before the name of a company stands no word that would lose its vowel there', () => {
  for (const { language, subject } of textsOfAll())
    if (language === 'fr') assert.doesNotMatch(subject, /\bde \{\{ company/);
});

test('a day of Italian stands after no article, which changes before 1, 8 and 11', () => {
  for (const { language, html } of textsOfAll())
    if (language === 'it') assert.doesNotMatch(html, /\b(il|del|dal) \{\{ document\.due_date/);
});

test('Romanian counts from twenty on with "de"', () => {
  for (const { language, subject } of textsOfAll())
    if (language === 'ro') assert.match(subject, /count > 19 %\}de \{% endif %\}documente/);
});
