import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { catalogueProblems, type Language, languages, makeFormat } from '#base/language';
import {
  builtInText,
  renderText,
  type TextDocument,
  type TextFacts,
  textKinds,
  textPurposes,
  textVariables,
} from './index.ts';
import { letterCatalogues } from './letter-texts.ts';

const now = new Date('2026-11-19T13:20:00Z');
const invoice: TextDocument = {
  kind: 'invoice',
  number: '2026-0318',
  issueDate: '2026-11-12',
  dueDate: '2026-12-12',
  currency: 'EUR',
  total: '3866.4',
  amountDue: null,
};
const facts: TextFacts = {
  documents: [invoice],
  customerName: 'Bakkerij Peeters',
  openDocuments: [],
  paymentUrl: null,
  contactName: 'Els Peeters',
  company: { name: 'Vautrin Joinery', address: 'Rue des Tanneurs 41\n1000 Brussels', vatId: null },
  user: { firstName: 'Claire', lastName: 'Vautrin', email: 'claire@vautrin.example' },
  attached: true,
  linked: true,
};
const variables = (more: Partial<TextFacts> = {}, language: Language = 'en') =>
  textVariables(
    { ...facts, ...more },
    language,
    makeFormat({ language, country: 'BE', zone: 'Europe/Brussels', now }),
  );
const render = (html: string, more: Partial<TextFacts> = {}) =>
  renderText({ subject: 's', html }, variables(more));

describe('the built-in texts', () => {
  for (const language of languages) {
    test(`in ${language} exist for every kind and purpose and need nothing but the document`, () => {
      const least = {
        customerName: null,
        contactName: null,
        user: { firstName: '', lastName: '', email: '' },
      };
      for (const kind of textKinds)
        for (const purpose of textPurposes)
          for (const bare of [false, true]) {
            const document: TextDocument = bare
              ? { ...invoice, number: null, dueDate: null, total: null, currency: null }
              : invoice;
            const documents =
              kind === 'several'
                ? [document, { ...document, kind: 'quote' as const }]
                : [{ ...document, kind }];
            const rendered = renderText(
              builtInText({ kind, purpose, language }),
              variables(
                { documents, ...(bare ? { ...least, attached: false, linked: false } : {}) },
                language,
              ),
            );
            assert.ok(rendered.ok, `${language} ${kind} ${purpose}: ${JSON.stringify(rendered)}`);
            assert.match(rendered.html, /\[\[documents\]\]/);
            assert.doesNotMatch(`${rendered.subject} ${rendered.html}`, /\{|\}|undefined|null| ,| {2}|\(\)/);
            assert.match(rendered.subject, /Vautrin Joinery/);
          }
    });
  }

  test('speak the words around them in six languages', () => {
    assert.deepEqual(catalogueProblems(letterCatalogues, languages), []);
  });

  test('read like a person wrote them', () => {
    const english = renderText(
      builtInText({ kind: 'invoice', purpose: 'reminder', language: 'en' }),
      variables(),
    );
    assert.ok(english.ok);
    assert.equal(english.subject, 'Reminder: Invoice 2026-0318 from Vautrin Joinery');
    assert.match(english.html, /our invoice 2026-0318, due on 12 December 2026, is still open/);
    const german = renderText(
      builtInText({ kind: 'quote', purpose: 'first', language: 'de' }),
      variables({ documents: [{ ...invoice, kind: 'quote' }] }, 'de'),
    );
    assert.ok(german.ok);
    assert.match(german.html, /Guten Tag Els Peeters,/);
    assert.match(german.html, /unser Angebot 2026-0318, gültig bis zum 12\. Dezember 2026\./);
  });
});

describe('a variable', () => {
  test('is written in the customs of the reader', () => {
    const rendered = render('{{ document.amount_due }} {{ document.due_date }}');
    assert.ok(rendered.ok);
    assert.equal(rendered.html, '3,866.40\u00a0EUR 12 December 2026');
    const french = renderText(
      { subject: '{{ document.title }}', html: '{{ document.total }}' },
      variables({}, 'fr'),
    );
    assert.ok(french.ok);
    assert.equal(french.subject, 'Facture n° 2026-0318');
    assert.match(french.html, /^3.866,40.EUR$/);
  });

  test('without a value is reported, never printed empty, and stays to be seen', () => {
    const rendered = render('<p>Due {{ document.due_date }} for {{ customer.name }} {{ contact.name }}</p>', {
      documents: [{ ...invoice, dueDate: null }],
      customerName: '  ',
    });
    assert.ok(!rendered.ok && rendered.reason === 'missing_variables');
    assert.deepEqual(rendered.missing, ['document.due_date', 'customer.name']);
    assert.equal(rendered.html, '<p>Due {{ document.due_date }} for {{ customer.name }} Els Peeters</p>');
  });

  test('that does not exist is reported even where nothing would be printed', () => {
    const rendered = render('{% if document.dew_date %}x{% endif %}{{ foo }} {{ a.b.c }}');
    assert.ok(!rendered.ok && rendered.reason === 'missing_variables');
    assert.deepEqual([...rendered.missing].sort(), ['a', 'a.b.c', 'document.dew_date', 'foo']);
  });

  test('that is asked for first may be missing', () => {
    const rendered = render('{% if contact.name %}Dear {{ contact.name }}{% else %}Hello{% endif %}', {
      contactName: null,
    });
    assert.ok(rendered.ok);
    assert.equal(rendered.html, 'Hello');
    assert.ok(render('{{ contact.name | default: "you" }}', { contactName: null }).ok);
  });

  test('of one document does not exist in a mail with several', () => {
    const rendered = render('{{ document.number }} {{ documents.count }}', { documents: [invoice, invoice] });
    assert.deepEqual(rendered.ok === false && rendered.missing, ['document.number']);
    const list = render(
      '{% for title in documents.titles %}{{ title }};{% endfor %}{{ documents.titles.size }}',
      {
        documents: [invoice, invoice],
      },
    );
    assert.ok(list.ok);
    assert.equal(list.html, 'Invoice 2026-0318;Invoice 2026-0318;2');
  });

  test('cannot bring in HTML, header lines or a way around the cleaning', () => {
    const evil = '<script>alert(1)</script>\r\nBcc: x@y <img src=x onerror=y>';
    const html = '{{ contact.name }} {{ contact.name | raw }}';
    const rendered = renderText({ subject: '{{ contact.name }}', html }, variables({ contactName: evil }));
    assert.ok(rendered.ok);
    assert.doesNotMatch(rendered.subject, /[\r\n]/);
    assert.doesNotMatch(rendered.html, /<script|<img/);
  });

  test('of any content comes out as that content', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 80 }), (name) => {
        const rendered = render('<p>{{ customer.name }}</p>', { customerName: name });
        if (name.trim() === '') return assert.ok(!rendered.ok);
        assert.ok(rendered.ok);
        assert.match(rendered.html, /^<p>[^<>]*<\/p>$/);
      }),
    );
  });
});

describe('a template that is at fault', () => {
  for (const html of [
    '{{ document.number',
    '{% if %}',
    '{{ document.number | nothing }}',
    '{% include "secret" %}',
    '{% render "/etc/passwd" %}',
    '{% layout "x" %}',
    '{% for i in (1..100000000) %}x{% endfor %}',
    '{% for i in (1..9999) %}{% for j in (1..9999) %}xxxxxxxx{% endfor %}{% endfor %}',
    '{{ "x" | times: 2 | append: "y" }}'.repeat(5000),
  ]) {
    test(`is refused: ${html.slice(0, 50)}`, () => {
      const started = performance.now();
      const rendered = render(html);
      assert.ok(
        !rendered.ok && rendered.reason === 'unreadable_template',
        JSON.stringify(rendered).slice(0, 200),
      );
      assert.ok(performance.now() - started < 20_000);
    });
  }

  test('never throws, whatever it is', () => {
    const piece = fc.constantFrom(
      '{{',
      '}}',
      '{%',
      '%}',
      ' if ',
      ' document.number ',
      ' | ',
      'x',
      '<p>',
      '"',
      ' for i in ',
      'endfor',
      '-',
      '[',
      '.',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 14 }), (pieces) => {
        assert.equal(typeof render(pieces.join('')).ok, 'boolean');
      }),
      { numRuns: 500 },
    );
  });
});
