import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { languages } from '#base/language';
import { invoice, links, parts, unbalanced } from './bench.test-suite.ts';
import {
  DOCUMENTS_PLACEHOLDER,
  type LetterDocument,
  letterHtml,
  letterText,
  lookColors,
  sanitiseLetter,
  withLinks,
} from './index.ts';
import { contrast } from './look.ts';

describe('a letter', () => {
  test('shows title, amount due, date and button between the texts, in HTML and in plain text', () => {
    const html = withLinks(letterHtml(parts()), links('full'));
    const order = [
      'Before',
      'Invoice 2026-0318<',
      'due 12 December 2026<',
      '1,000.00 <',
      'See the invoice<',
      'After',
    ];
    const places = order.map((words) => html.indexOf(words, html.indexOf('</head>') + 400));
    assert.deepEqual(
      places,
      [...places].sort((a, b) => a - b),
    );
    assert.ok(
      places.every((place) => place > 0),
      String(places),
    );
    const text = withLinks(letterText(parts()), links('full'));
    assert.match(
      text,
      /^Before\n\nInvoice 2026-0318\n1,000\.00\u00a0EUR, due 12 December 2026\nSee the invoice: https:\/\/docs\.example\/d\/page-token\$&\n\nAfter\n\n--\nVautrin & Sons, Rue des Tanneurs 41, 1000 Brussels\n/,
    );
  });

  test('has nobody else’s links and no placeholder left once it is filled', () => {
    for (const mode of ['none', 'links', 'full'] as const)
      for (const body of [letterHtml(parts()), letterText(parts())]) {
        const filled = withLinks(body, links(mode));
        assert.doesNotMatch(filled, /portal\.invalid|envoi:|\[\[/);
        assert.equal(filled.includes('pixel-token'), mode === 'full' && body.startsWith('<!doctype'));
        assert.equal(filled.includes('withdraw-token'), mode !== 'none');
        assert.equal(filled.includes('this e-mail and the document are opened'), mode === 'full');
        assert.equal(filled.includes('opened through this e-mail'), mode === 'links');
      }
  });

  test('has no pixel and no word of it when nobody is tracked that far', () => {
    for (const tracking of ['none', 'links'] as const) {
      const html = letterHtml(parts({ tracking }));
      assert.doesNotMatch(html, /<img|pixel/);
      assert.doesNotMatch(withLinks(html, links('full')), /<img|and the document are opened/);
    }
  });

  test('has no link when there is no portal page', () => {
    const html = letterHtml(parts({ linked: false, tracking: 'none' }));
    assert.doesNotMatch(html, /<a |portal\.invalid/);
    assert.match(html, /Invoice 2026-0318/);
    assert.doesNotMatch(letterText(parts({ linked: false, tracking: 'none' })), /http/);
  });

  test('with several documents has a button each, to its place on the page', () => {
    const quote: LetterDocument = { ...invoice, kind: 'quote', number: 'Q7', total: null, amountDue: null };
    const html = withLinks(letterHtml(parts({ documents: [invoice, quote] })), links('links'));
    assert.match(html, /page-token\$&amp;#document-1"[^>]*>See the invoice/);
    assert.match(html, /valid until 12 December 2026[\s\S]*page-token\$&amp;#document-2"[^>]*>See the quote/);
  });

  test('says that a FatturaPA is a courtesy copy, in the language of the reader', () => {
    const documents = [{ ...invoice, isCourtesyCopy: true }];
    for (const body of [letterHtml, letterText]) {
      assert.match(body(parts({ documents, language: 'it' })), /copia di cortesia/);
      assert.match(body(parts({ documents })), /courtesy copy, not the fiscal original/);
      assert.doesNotMatch(body(parts()), /courtesy/);
    }
  });

  test('names its language and escapes what is no HTML', () => {
    for (const language of languages)
      assert.match(letterHtml(parts({ language })), new RegExp(`<html lang="${language}"`));
    const html = letterHtml(parts());
    assert.match(html, /<title>Invoice &lt;1&gt;<\/title>/);
    assert.match(html, /Vautrin &amp; Sons/);
  });

  test('is small enough not to be cut (Gmail clips at 102 kB) and quick to write', () => {
    const documents = Array.from({ length: 20 }, () => invoice);
    assert.ok(letterHtml(parts({ documents })).length < 60_000);
  });

  test('keeps whole whatever the user wrote, where the documents are put into the middle of it', () => {
    const words = fc.constantFrom(
      'one',
      '<div>',
      '</div>',
      '<strong>',
      '</strong>',
      '<ul><li>',
      '</li></ul>',
      '<br>',
      '<a href="https://x.example/?a=1&b=2">',
      '</a>',
      DOCUMENTS_PLACEHOLDER,
      '<blockquote>',
      '&lt;',
      ' two ',
    );
    fc.assert(
      fc.property(fc.array(words, { maxLength: 20 }), (pieces) => {
        const html = letterHtml(parts({ bodyHtml: sanitiseLetter(pieces.join('')) }));
        assert.deepEqual(unbalanced(html), []);
        const typed = pieces
          .filter((piece) => /^ ?(one|two) ?$/.test(piece))
          .join('')
          .replaceAll(' ', '');
        const shown = html
          .slice(html.indexOf('card'))
          .replace(/<[^>]*>/g, '')
          .replace(/[\s\S]*?Vautrin &amp; Sons\n/, '');
        assert.equal((shown.match(/one|two/g) ?? []).join(''), typed);
        assert.doesNotMatch(html, /\[\[/);
      }),
      { numRuns: 300 },
    );
  });

  test('reads well in every brand colour', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 0xffffff }), (number) => {
        const colors = lookColors(`#${number.toString(16).padStart(6, '0')}`);
        assert.ok(contrast(colors.brand, '#ffffff') >= 4.5);
        assert.ok(contrast(colors.button, colors.onButton) >= 4.5);
        assert.ok(contrast(colors.darkBrand, '#201f1c') >= 4.5);
        assert.ok(contrast(colors.darkBrand, colors.onDarkBrand) >= 4.4);
      }),
      { numRuns: 1000 },
    );
    assert.equal(lookColors('javascript:1').button, lookColors(null).button);
  });

  test('cannot be made to hide or forge a note by what people write', () => {
    const bodyHtml = sanitiseLetter(
      '<!--envoi:none--><p>a &lt;!--envoi:none--&gt;b&lt;!--/envoi:none--&gt;</p>',
    );
    const body = parts({ bodyHtml });
    assert.match(withLinks(letterText(body), links('full')), /a <! --envoi:none-->b<! --\/envoi:none-->/);
    assert.match(withLinks(letterHtml(body), links('full')), /a &lt;!--envoi:none--&gt;b/);
  });
});
