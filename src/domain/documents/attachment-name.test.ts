import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { catalogueProblems, languages } from '#base/language';
import { attachmentName, documentKinds, fileNamePattern, safeFileName } from './index.ts';
import de from './texts/de.json' with { type: 'json' };
import en from './texts/en.json' with { type: 'json' };
import fr from './texts/fr.json' with { type: 'json' };
import it from './texts/it.json' with { type: 'json' };
import nl from './texts/nl.json' with { type: 'json' };
import ro from './texts/ro.json' with { type: 'json' };

const invoice = {
  kind: 'invoice',
  number: '2026/17',
  issueDate: '2026-11-12',
  dueDate: null,
  buyerName: 'Hôtel Bellevue SA',
  total: '1500.40',
  currency: 'EUR',
} as const;

test('the usual name is the kind in the language and the number', () => {
  const names = languages.map((language) =>
    attachmentName(fileNamePattern({}, 'invoice', language), invoice, language),
  );
  assert.deepEqual(names, [
    'Invoice 2026-17.pdf',
    'Facture 2026-17.pdf',
    'Fattura 2026-17.pdf',
    'Factură 2026-17.pdf',
    'Rechnung 2026-17.pdf',
    'Factuur 2026-17.pdf',
  ]);
});

test("a company's own pattern counts, for its kind and language only", () => {
  const patterns = { invoice: { fr: '{date} Facture {number} {customer}.pdf' } };
  const name = (language: 'fr' | 'en') =>
    attachmentName(fileNamePattern(patterns, 'invoice', language), invoice, language);
  assert.equal(name('fr'), '2026-11-12 Facture 2026-17 Hôtel Bellevue SA.pdf');
  assert.equal(name('en'), 'Invoice 2026-17.pdf');
});

test('unknown facts and unknown variables leave no trace', () => {
  const bare = { ...invoice, number: null };
  assert.equal(attachmentName('Invoice {number}', bare, 'en'), 'Invoice.pdf');
  assert.equal(attachmentName('{number} - {password}', bare, 'de'), 'Rechnung.pdf');
  assert.equal(attachmentName('{dueDate}_{number}', invoice, 'en', 'xml'), '2026-17.xml');
});

test('all languages name all kinds', () => {
  assert.deepEqual(catalogueProblems({ en, fr, it, ro, de, nl }, languages), []);
  assert.deepEqual(Object.keys(en).sort(), [...documentKinds].sort());
});

const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc.string({
    unit: fc.constantFrom('/', '\\', '.', ' ', '\u202e', '\0', 'é', '😀', 'a', '{', '}', ':'),
    maxLength: 300,
  }),
  fc.constantFrom('CON', 'nul.pdf', '..', 'a\ud800b', '../../etc/passwd', 'x'.repeat(400)),
);

test('whatever pattern and facts hold, the name is one that every system takes', () => {
  fc.assert(
    fc.property(
      anyText,
      anyText,
      anyText,
      fc.constantFrom(...documentKinds),
      (pattern, number, name, kind) => {
        const document = { ...invoice, kind, number, buyerName: name };
        const made = attachmentName(`${pattern}{number}{customer}`, document, 'fr');
        assertSafe(made);
        assert.match(made, /[^ .]\.pdf$/);
      },
    ),
    { numRuns: 2000 },
  );
});

test('a name that is safe stays as it is, and making it safe twice changes nothing', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      const once = safeFileName(text, 'file');
      assertSafe(once);
      assert.equal(safeFileName(once, 'file'), once);
    }),
    { numRuns: 2000 },
  );
  for (const name of ['Rechnung 2026-17.pdf', 'Factură (1).xml', 'a.tar.gz', '見積書.pdf'])
    assert.equal(safeFileName(name, 'file'), name);
});

function assertSafe(name: string): void {
  assert.ok(name.length > 0 && name.length <= 120, `length ${name.length}`);
  assert.ok(Buffer.byteLength(name) <= 240);
  assert.doesNotMatch(name, /[<>:"/\\|?*\p{Cc}\p{Cf}\p{Surrogate}\p{Zl}\p{Zp}]/u);
  assert.doesNotMatch(name, /^[ .]|[ .]$/);
  assert.doesNotMatch(name, /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i);
  assert.equal(name, name.normalize('NFC'));
}
