import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  catalogueProblems,
  languageName,
  languages,
  makeFormat,
  makeTexts,
  negotiateLanguage,
} from './index.ts';

const en = {
  hello: 'Hello {name}',
  files: '{count, plural, one {# file} other {# files}}',
  bold: 'See <b>{what}</b> now',
};

test('a text is said in the language, and in English where the language lacks it', () => {
  const t = makeTexts({ en, fr: { hello: 'Bonjour {name}' } })('fr');
  assert.equal(t('hello', { name: 'Maja' }), 'Bonjour Maja');
  assert.equal(t('files', { count: 2 }), '2 files');
  assert.equal(t.has('hello'), true);
  assert.equal(t.has('toString'), false);
});

test('a text with tags comes in parts, each tag wrapped by its function', () => {
  const t = makeTexts({ en })('en');
  const parts = t.parts<{ b: string }>('bold', { what: 'this', b: (inside) => ({ b: inside.join('') }) });
  assert.deepEqual(parts, ['See ', { b: 'this' }, ' now']);
});

test('the check finds missing, extra, unreadable and differing texts and lacking plural forms', () => {
  const fr = { hello: 'Bonjour {nom}', bold: 'Voir <i>{what}</i>', more: 'Plus' };
  const ro = { ...en, files: '{count, plural, one {# fișier} other {# fișiere}}', hello: 'Salut {name' };
  const problems = catalogueProblems({ en, fr, ro }, ['en', 'fr', 'ro', 'nl']);
  const starts = problems.map((p) => p.split(' (')[0]);
  assert.deepEqual(starts, [
    'fr: hello takes',
    'fr: files is missing',
    'fr: bold takes',
    'fr: more is not in the English catalogue',
    'ro: hello is no ICU message',
    'ro: files lacks the plural form "few"',
    'nl: there is no catalogue',
  ]);
});

const now = new Date('2026-11-19T13:20:00Z');
const english = makeFormat({ language: 'en', zone: 'Europe/Brussels', now });
const french = makeFormat({ language: 'fr', country: 'FR', zone: 'Europe/Brussels', now });

test('dates have one short form, in the zone of the reader, with the year when it is another one', () => {
  assert.equal(english.date('2026-12-12'), '12 Dec');
  assert.equal(english.date('2025-12-12'), '12 Dec 2025');
  assert.equal(english.longDate('2026-12-12'), '12 December 2026');
  assert.equal(english.date(new Date('2026-11-18T23:30:00Z')), '19 Nov');
  assert.equal(english.dateTime(new Date('2026-11-12T08:14:00Z')), '12 Nov, 09:14');
  assert.equal(english.moment(new Date('2026-11-18T23:30:00Z')), '00:30');
  assert.equal(english.month('2026-11-01'), 'November 2026');
  assert.equal(french.month('2026-11-01'), 'Novembre 2026');
  assert.equal(english.exactTime(new Date('2026-11-12T08:14:02Z')), '09:14:02');
});

test('times are told relative to now, days relative to today', () => {
  assert.equal(english.relative(new Date('2026-11-19T11:20:00Z')), '2 hours ago');
  assert.equal(english.relativeDay('2026-12-12'), 'in 23 days');
  assert.equal(english.relativeDay('2026-11-03'), '16 days ago');
  assert.equal(french.relativeDay('2026-11-20'), 'demain');
});

test('money keeps every digit and takes the decimals of its currency', () => {
  assert.deepEqual(english.money('3866.4', 'EUR'), { amount: '3,866.40', currency: 'EUR' });
  assert.equal(english.money('-240', 'EUR').amount, '−240.00');
  assert.equal(english.money('90071992547409931.23', 'EUR').amount, '90,071,992,547,409,931.23');
  assert.equal(english.money('500', 'JPY').amount, '500');
  assert.equal(english.moneyText('1284', 'CHF'), '1,284.00\u00a0CHF');
  assert.equal(french.money('3866.4', 'EUR').amount.replace(/\s/gu, ' '), '3 866,40');
  assert.throws(() => english.money('12,00', 'EUR'));
});

test('bytes, counts and lists read naturally', () => {
  assert.equal(english.bytes(0), '0B');
  assert.equal(english.bytes(184_230), '180 kB');
  assert.equal(english.bytes(1_240_000), '1.2 MB');
  assert.equal(english.bytes(25 * 2 ** 20), '25 MB', 'the limit as it is set');
  assert.equal(english.bytes(1_023_999), '1,000 kB');
  assert.equal(english.bytes(1_024_000), '1 MB');
  assert.equal(english.bytes(2 ** 30), '1 GB');
  assert.match(french.bytes(184_230), /^180\sko$/u);
  assert.equal(english.number(12480), '12,480');
  assert.equal(english.list(['Maja', 'Jonas', 'Els']), 'Maja, Jonas and Els');
});

test('the wanted language is the one with the highest weight that we speak', () => {
  assert.equal(negotiateLanguage('sv, fr-BE;q=0.7, it;q=0.9', 'en'), 'it');
  assert.equal(negotiateLanguage('fr;q=0, *;q=0.5', 'nl'), 'nl');
  assert.equal(negotiateLanguage(undefined, 'de'), 'de');
});

test('any header gives one of our languages', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 3000 }), (h) => languages.includes(negotiateLanguage(h, 'en'))),
  );
});

test('a language is named with a capital', () => {
  assert.equal(languageName('fr', 'fr'), 'Français');
  assert.equal(languageName('it', 'en'), 'Italian');
});
